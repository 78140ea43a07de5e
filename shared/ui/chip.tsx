import type { ComponentChildren } from 'preact';

export function Chip({ tone, children }: { tone?: 'on' | 'warn' | 'stop'; children: ComponentChildren }) {
  return <span class={tone ? `chip ${tone}` : 'chip'}>{children}</span>;
}

/** A count on a button; the button's tooltip says it in words. */
export function Badge({ count, wanted = false }: { count: number; wanted?: boolean }) {
  if (count === 0) return null;
  return (
    <span class={wanted ? 'badge wanted' : 'badge'} aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  );
}
