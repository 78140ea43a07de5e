import { useId } from 'preact/hooks';

/** A person's words in one line: the label above, and beside it what is wrong with what was typed, which stays. */
export function Field({
  label,
  problem,
  value,
  autocomplete,
  onInput,
}: {
  label: string;
  problem: string | undefined;
  value: string;
  autocomplete: 'name' | 'off';
  onInput(value: string): void;
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
        dir="auto"
        autocomplete={autocomplete}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {/* Always there: a live region that comes with its text is not read out everywhere. */}
      <p class="field-problem problem" id={`${id}-problem`} role="alert">
        {problem}
      </p>
    </div>
  );
}
