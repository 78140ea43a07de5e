import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { arrowTo } from './roving.ts';

/** So long the pointer lies on what opens something before it does. */
const RESTED_MS = 300;

export interface MenuItem {
  text: string;
  stop?: boolean;
  more?: boolean; // opens something: also by the arrow key, and by resting on it
  onChoose(): void;
}

/** The list itself (ARIA menu): the first item has the focus, arrow keys move, Escape and Tab close. */
export function MenuList({ label, items, onClose }: { label: string; items: readonly MenuItem[]; onClose(): void }) {
  const list = useRef<HTMLDivElement>(null);
  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => buttons()[0]?.focus(), []);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const choose = (item: MenuItem) => {
    onClose();
    item.onChoose();
  };
  const rest = (on: MenuItem | undefined) => {
    clearTimeout(resting.current);
    if (on) resting.current = setTimeout(() => choose(on), RESTED_MS);
  };
  useEffect(() => () => clearTimeout(resting.current), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const all = buttons();
    if (event.key === 'ArrowRight') all.find((button) => button.matches(':focus[aria-haspopup]'))?.click();
    const at = all.findIndex((button) => button.matches(':focus'));
    const to = arrowTo(event.key, at, all.length, 'vertical');
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };
  return (
    <div class="menu panel" role="menu" aria-label={label} ref={list}>
      {items.map((item) => (
        <button
          key={item.text}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={item.stop ? 'menu-item stop' : 'menu-item'}
          onKeyDown={onKeyDown}
          aria-haspopup={item.more ? 'dialog' : undefined}
          onMouseEnter={() => item.more && rest(item)}
          onMouseLeave={() => rest(undefined)}
          onClick={() => choose(item)}
        >
          {item.text}
          {item.more && <Icon name="more" size={14} />}
        </button>
      ))}
    </div>
  );
}

/** A button with its list below it; a press elsewhere closes it, closing gives the focus back. */
export function MenuButton({
  label,
  items,
  children,
}: {
  label: string;
  items: readonly MenuItem[];
  children?: ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span class="menu-root" ref={root}>
      <Button
        buttonRef={button}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
        {label}
        <Icon name="down" />
      </Button>
      {open && <MenuList label={label} items={items} onClose={close} />}
    </span>
  );
}
