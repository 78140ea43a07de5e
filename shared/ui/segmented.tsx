import { useId } from 'preact/hooks';

/** One of a few, all visible: radio buttons drawn as one control. `label` names the group. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onValue,
}: {
  label: string;
  options: readonly { value: Value; text: string }[];
  value: Value;
  onValue(value: Value): void;
}) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="segment">
          <input
            class="visually-hidden"
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
