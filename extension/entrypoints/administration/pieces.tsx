import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../../shared/ui/person-name.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import { problemText } from './problem-text.ts';

/** A label, its field, and a line below: what is wrong, or a hint. */
export function Field({
  label,
  value,
  onValue,
  hint = '',
  problem = '',
  inputMode = 'text',
}: {
  label: string;
  value: string;
  onValue(value: string): void;
  hint?: string;
  problem?: string;
  inputMode?: 'text' | 'email' | 'numeric';
}) {
  const id = useId();
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="field"
        type="text"
        inputMode={inputMode}
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-line`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p id={`${id}-line`} class={problem ? 'meta problem' : 'meta'} aria-live="polite">
        {problem || hint}
      </p>
    </div>
  );
}

/** One of a few, by name. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onValue,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onValue(value: Value): void;
}) {
  const id = useId();
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="field fitting"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onValue(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Any of them, each by a checkbox. */
export function Choices({
  label,
  options,
  chosen,
  onChosen,
}: {
  label: string;
  options: readonly { id: string; content: ComponentChildren }[];
  chosen: ReadonlySet<string>;
  onChosen(chosen: ReadonlySet<string>): void;
}) {
  return (
    <fieldset class="administration-choices">
      <legend class="label">{label}</legend>
      {options.map(({ id, content }) => (
        <label class="check" key={id}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(id);
              else next.delete(id);
              onChosen(next);
            }}
          />
          <span class="wrap-anywhere">{content}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A form whose problem, or that it is done, stands beside its button. */
export function Form({
  submit,
  done,
  act,
  onSubmit,
  onCancel,
  children,
}: {
  submit: string;
  done?: string;
  act: { busy: boolean; problem: string };
  onSubmit(): void;
  onCancel?: () => void;
  children: ComponentChildren;
}) {
  const t = useT();
  return (
    <form
      class="column"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <div class="row wrapping">
        <p class={act.problem ? 'grow problem' : 'grow soft'} role="status">
          {act.problem || done}
        </p>
        {onCancel && <Button onClick={onCancel}>{t('act.cancel')}</Button>}
        <Button kind="primary" submit aria-busy={act.busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** Asks before something is removed. */
export function RemoveDialog({
  name,
  what,
  onRemove,
  onClose,
}: {
  name: string;
  what: string;
  onRemove(): Promise<Answer>;
  onClose(): void;
}) {
  const t = useT();
  const id = useId();
  const act = useAct(problemText);
  const remove = async () => {
    if ((await act.run(onRemove))?.ok) onClose();
  };
  return (
    <Dialog
      title={<WithName text={t('admin.removeAsk', { name: NAME_SLOT })} name={name} />}
      describedBy={id}
      onClose={onClose}
    >
      <p id={id}>{what}</p>
      <p class="problem" role="status">
        {act.problem}
      </p>
      <div class="row">
        <span class="grow" />
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="stop" aria-busy={act.busy} onClick={() => void remove()}>
          {t('admin.remove')}
        </Button>
      </div>
    </Dialog>
  );
}
