import { useEffect, useId, useRef } from 'preact/hooks';
import type { Mode } from '../protocol/relay-api.ts';
import type { Send } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { useAct } from './use-act.ts';

export interface StartSessionProps {
  email: boolean;
  onEmail(on: boolean): void;
  modes: readonly Mode[];
  mode: Mode;
  onMode(mode: Mode): void;
  send: Send;
  big?: boolean; // the popup's first button: large, and it has the focus
}

/** Start session, with the E-mail checkbox beside it (ST1, ST2) and the mode where there is a choice (ST3). */
export function StartSession({ email, onEmail, modes, mode, onMode, send, big = false }: StartSessionProps) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const button = useRef<HTMLButtonElement>(null);
  const starts = modes.includes(mode) ? mode : (modes[0] ?? mode); // as last left may not be allowed any more
  useEffect(() => {
    if (big) button.current?.focus();
  }, []);
  return (
    <div class={big ? 'start-session big' : 'start-session'}>
      <Button
        buttonRef={button}
        class="start-button"
        kind={big ? 'primary' : 'plain'}
        {...(big ? {} : { icon: 'invite' })}
        aria-busy={act.busy}
        onClick={() => void act.run(() => send({ type: 'start', email, mode: starts }))}
      >
        {t('session.startSession')}
      </Button>
      <div class="start-choices">
        <label class="check">
          <input
            type="checkbox"
            checked={email}
            aria-describedby={`${id}-email`}
            onChange={(event) => onEmail(event.currentTarget.checked)}
          />
          {t('invite.email')}
        </label>
        <span id={`${id}-email`} class={big ? 'meta grow' : 'visually-hidden'}>
          {t('popup.emailWhat')}
        </span>
        {!big && <span class="grow" />}
        {modes.length > 1 && (
          <select
            class="field fitting slim"
            aria-label={t('session.mode')}
            value={starts}
            onChange={(event) => onMode(event.currentTarget.value === 'single' ? 'single' : 'multi')}
          >
            {modes.map((one) => (
              <option key={one} value={one}>
                {one === 'multi' ? t('mode.multi') : t('mode.single')}
              </option>
            ))}
          </select>
        )}
      </div>
      {(act.slow || act.problem) && (
        <p class={act.problem ? 'meta problem' : 'meta'} role="status">
          {act.problem || t('popup.starting')}
        </p>
      )}
    </div>
  );
}
