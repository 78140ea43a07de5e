import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../shared/ui/button.tsx';
import { errorText } from '../../shared/ui/error-text.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { Field } from './field.tsx';
import { TroubleNotice } from './trouble.tsx';
import { nameProblem } from './typed.ts';
import type { Joining } from './visit.ts';

/** Name and **Join**, under whatever a page asks first. `check` judges that: `false` keeps the form here. */
export function JoinForm({
  name,
  onName,
  joining,
  check = () => true,
  refusalElsewhere = false,
  onJoin,
  children,
}: {
  name: string;
  onName(name: string): void;
  joining: Joining;
  check?(): boolean;
  refusalElsewhere?: boolean; // the page says it beside a field of its own
  onJoin(): void;
  children?: ComponentChildren;
}) {
  const t = useT();
  const form = useRef<HTMLFormElement>(null);
  const [pressed, setPressed] = useState(false);
  const [wrong, setWrong] = useState(0);
  const problem = pressed ? nameProblem(t, name) : undefined;
  const sending = joining.is === 'sending';
  const join = () => {
    if (sending) return;
    const checked = check();
    if (checked && nameProblem(t, name) === undefined) return onJoin();
    setPressed(true);
    setWrong(wrong + 1);
  };
  useEffect(() => {
    // The first field that is wrong gets the focus, once it says what is.
    if (wrong > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  return (
    <form
      ref={form}
      class="join-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      {children}
      <Field label={t('site.name')} problem={problem} value={name} onInput={onName} autocomplete="name" />
      <Button kind="primary" submit class="big" aria-disabled={sending}>
        {sending ? t('site.joining') : t('site.join')}
      </Button>
      <p class="form-problem problem" role="alert">
        {joining.is === 'refused' && !refusalElsewhere
          ? errorText(t, {
              ok: false,
              error: joining.code,
              ...(joining.retryAfter ? { retryAfter: joining.retryAfter } : {}),
            })
          : ''}
      </p>
      <TroubleNotice trouble={sending ? joining.trouble : undefined} />
    </form>
  );
}
