import type { InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'ref' | 'id' | 'class' | 'onInput' | 'value' | 'label'>;

/** A field with its label above and, beside it, what is wrong with what was typed. What was typed stays. */
export function Field({
  label,
  hint,
  problem,
  value,
  onInput,
  fieldRef,
  look = '',
  ...native
}: Native & {
  label: string;
  hint?: string;
  problem: string | undefined;
  value: string;
  onInput(value: string, field: HTMLInputElement): void;
  fieldRef: Ref<HTMLInputElement>;
  look?: string;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="hint soft" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...native}
        id={id}
        ref={fieldRef}
        class={`field ${look}`}
        value={value}
        aria-invalid={problem !== undefined}
        {...(described ? { 'aria-describedby': described } : {})}
        onInput={(event) => onInput(event.currentTarget.value, event.currentTarget)}
      />
      {/* Always there: a live region that comes with its text is not read out everywhere. */}
      <p class="field-problem problem" id={`${id}-problem`} role="alert">
        {problem}
      </p>
    </div>
  );
}
