import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
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
  const field = useRef<HTMLInputElement>(null);
  const [pressed, setPressed] = useState(false);
  const problem = pressed ? nameProblem(t, name) : undefined;
  const sending = joining.is === 'sending';
  const join = () => {
    if (sending) return;
    setPressed(true);
    const wrongName = nameProblem(t, name) !== undefined;
    if (wrongName) field.current?.focus();
    // Judged last: the first wrong field gets the focus.
    if (check() && !wrongName) onJoin();
  };
  return (
    <form
      class="join-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      {children}
      <Field
        label={t('site.name')}
        problem={problem}
        value={name}
        onInput={onName}
        fieldRef={field}
        autocomplete="name"
        dir="auto"
      />
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
