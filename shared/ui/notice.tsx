import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** One line that matters now, and what to do about it. `urgent` interrupts a screen reader. */
export function Notice({
  tone,
  urgent = false,
  children,
  action,
}: {
  tone: 'info' | 'warn' | 'stop';
  urgent?: boolean;
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon name="alert" />
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}
