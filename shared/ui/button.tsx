import type { ButtonHTMLAttributes, ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'class' | 'icon' | 'ref'>;

export interface ButtonProps extends Native {
  kind?: 'plain' | 'primary' | 'stop' | 'quiet';
  class?: string;
  icon?: IconName;
  submit?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
  children?: ComponentChildren;
}

export function Button({ kind = 'plain', class: extra, icon, submit, buttonRef, children, ...rest }: ButtonProps) {
  const look = ['button', kind === 'plain' ? '' : kind, extra ?? ''].filter(Boolean).join(' ');
  return (
    <button {...rest} {...(buttonRef ? { ref: buttonRef } : {})} type={submit ? 'submit' : 'button'} class={look}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** An icon alone: `label` names it and is its tooltip. */
export function IconButton({
  label,
  icon,
  class: extra,
  ...rest
}: Omit<ButtonProps, 'children'> & { label: string; icon: IconName }) {
  return (
    <Button
      kind="quiet"
      {...rest}
      icon={icon}
      class={['icon-button', extra ?? ''].filter(Boolean).join(' ')}
      aria-label={label}
      title={label}
    />
  );
}
