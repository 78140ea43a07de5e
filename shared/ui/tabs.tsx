import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { arrowTo } from './roving.ts';

export interface TabItem<Id extends string> {
  id: Id;
  label?: string; // names the tab; without it, its content does
  title?: string;
  content: ComponentChildren;
}

interface TabsProps<Id extends string> {
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id | undefined;
  onSelect(id: Id): void;
  panel: string; // id of the element the tabs switch
  orientation?: 'horizontal' | 'vertical';
  class?: string;
}

/** A tab list (ARIA pattern, focus follows the arrow keys and chooses). Its panel is drawn by the caller, with `tabPanel`. */
export function Tabs<Id extends string>({
  label,
  items,
  selected,
  onSelect,
  panel,
  orientation = 'horizontal',
  class: extra = 'tabs',
}: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => item.id === selected);
    const to = arrowTo(event.key, at, items.length, orientation);
    const item = to === undefined ? undefined : items[to];
    if (to === undefined || !item) return;
    event.preventDefault();
    onSelect(item.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  };
  return (
    <div class={extra} role="tablist" aria-label={label} aria-orientation={orientation} ref={list}>
      {items.map((item, index) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          id={tabId(panel, item.id)}
          class="tab"
          title={item.title}
          aria-label={item.label}
          aria-selected={item.id === selected}
          aria-controls={item.id === selected ? panel : undefined}
          tabIndex={item.id === selected || (selected === undefined && index === 0) ? 0 : -1}
          onClick={() => onSelect(item.id)}
          onKeyDown={onKeyDown}
        >
          {item.content}
        </button>
      ))}
    </div>
  );
}

/** What makes an element the panel of the selected tab. */
export function tabPanel(panel: string, selected: string) {
  return { id: panel, role: 'tabpanel', 'aria-labelledby': tabId(panel, selected) } as const;
}

function tabId(panel: string, id: string): string {
  return `${panel}-tab-${id}`;
}
