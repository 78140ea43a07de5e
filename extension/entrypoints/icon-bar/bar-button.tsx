import type { Ref } from 'preact';
import { Badge } from '../../../shared/ui/chip.tsx';
import { Icon, type IconName } from '../../../shared/ui/icon.tsx';

interface BarButtonProps {
  label: string;
  title?: string; // says the count in words
  icon: IconName;
  compact: boolean;
  count?: number;
  wanted?: boolean; // the count wants attention
  open?: boolean; // its panel
  menu?: boolean;
  stop?: boolean; // ends something: red
  buttonRef?: Ref<HTMLButtonElement>;
  onPress(): void;
}

export function BarButton({
  label,
  title,
  icon,
  compact,
  count,
  wanted = false,
  open,
  menu,
  stop,
  buttonRef,
  onPress,
}: BarButtonProps) {
  return (
    <button
      {...(buttonRef ? { ref: buttonRef } : {})}
      type="button"
      class={`bar-button${open ? ' open' : ''}${stop ? ' stop' : ''}`}
      aria-label={label}
      title={title ?? (compact ? label : undefined)}
      aria-expanded={open}
      aria-haspopup={menu ? 'menu' : undefined}
      onClick={onPress}
      onKeyDown={(event) => {
        if (!menu || open || event.key !== 'ArrowDown') return;
        event.preventDefault();
        onPress();
      }}
    >
      <Icon name={icon} />
      {!compact && <span>{label}</span>}
      {count !== undefined && <Badge count={count} wanted={wanted} />}
      {menu && <Icon name="down" size={14} />}
    </button>
  );
}
