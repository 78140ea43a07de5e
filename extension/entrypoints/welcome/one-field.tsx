import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';

interface OneFieldProps {
  label: string;
  hint: string;
  start: string;
  submit: string;
  slow: string; // what it does when it takes longer
  invalid(typed: string): string; // the words for what cannot be right; empty when it can
  onSubmit(typed: string): Promise<Answer>;
  onBack?: () => void;
  field: {
    inputMode: 'url' | 'email' | 'numeric';
    autocomplete: 'url' | 'email' | 'one-time-code';
    placeholder?: string;
  };
  code?: boolean;
}

/** One question a step: its field has the focus, a refusal stands below it, what was typed stays. */
export function OneField(props: OneFieldProps) {
  const { label, hint, start, submit, slow, invalid, onSubmit, onBack, field, code = false } = props;
  const t = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(start);
  const [wrong, setWrong] = useState('');
  const act = useAct();
  useEffect(() => input.current?.focus(), []);

  const go = async () => {
    const words = invalid(typed.trim());
    setWrong(words);
    act.clear();
    const answer = words ? undefined : await act.run(() => onSubmit(typed.trim()));
    if (!answer?.ok) input.current?.focus();
  };
  const problem = wrong || act.problem;
  return (
    <form
      class="column"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <div>
        <label class="label" for={id}>
          {label}
        </label>
        <input
          {...field}
          type="text"
          ref={input}
          id={id}
          class={code ? 'field tall number code' : 'field tall'}
          spellcheck={false}
          value={typed}
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-line`}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setWrong('');
            act.clear();
          }}
        />
        <p id={`${id}-line`} class={problem ? 'meta problem field-line two' : 'meta field-line two'} aria-live="polite">
          {problem || (act.slow ? slow : hint)}
        </p>
      </div>
      <div class="row wrapping">
        {onBack && (
          <Button kind="quiet" onClick={onBack}>
            {t('welcome.back')}
          </Button>
        )}
        <span class="grow" />
        <Button kind="primary" class="wide" submit aria-busy={act.busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
