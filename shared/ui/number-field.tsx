import { useEffect, useId, useRef } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import { useT } from './i18n.ts';
import { type Entry, groupTyped, readEntry, type Takes } from './number-entry.ts';

interface NumberFieldProps {
  value: string;
  takes: Takes;
  asked: boolean; // the person pressed the button: too few digits are said as well
  refused?: string; // why the number was refused elsewhere
  autoFocus?: boolean;
  onValue(text: string): void;
}

/** A session number with its label and the one line below it: a hint, or what is wrong with it. */
export function NumberField({ value, takes, asked, refused = '', autoFocus = false, onValue }: NumberFieldProps) {
  const t = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const entry = readEntry(value, takes);
  const problem = refused || problemText(t, entry, asked, takes);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, []);

  const take = (input: HTMLInputElement, text: string, caret: number) => {
    const grouped = groupTyped(text, caret);
    input.value = grouped.text;
    input.setSelectionRange(grouped.caret, grouped.caret);
    onValue(grouped.text);
  };
  const onPaste = (event: ClipboardEvent) => {
    const input = field.current;
    const pasted = event.clipboardData?.getData('text/plain');
    if (!input || !pasted) return;
    event.preventDefault();
    const [from, to] = [input.selectionStart ?? 0, input.selectionEnd ?? 0];
    // An input drops line breaks: in a pasted mail they part the link from the words after it.
    const clean = pasted.replace(/[\r\n]+/g, ' ');
    take(input, input.value.slice(0, from) + clean + input.value.slice(to), from + clean.length);
  };
  return (
    <div class="number-field">
      <label class="label" for={id}>
        {t('word.sessionNumber')}
      </label>
      <input
        ref={field}
        id={id}
        class="field number"
        type="text"
        inputMode={takes === 'number' ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck={false}
        placeholder="000 000 0000"
        value={value}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-line`}
        onInput={(event) => {
          const input = event.currentTarget;
          take(input, input.value, input.selectionStart ?? input.value.length);
        }}
        onPaste={onPaste}
      />
      <p id={`${id}-line`} class={problem ? 'meta problem field-line' : 'meta field-line'} aria-live="polite">
        {problem || t(takes === 'number' ? 'number.hint' : 'number.hintAnything')}
      </p>
    </div>
  );
}

function problemText(t: T, entry: Entry, asked: boolean, takes: Takes): string {
  switch (entry) {
    case 'ready':
      return '';
    case 'empty':
      return asked ? t('number.empty') : '';
    case 'short':
      return asked ? t('number.short') : '';
    case 'long':
      return t('number.long');
    case 'mistyped':
      return t('number.mistyped');
    case 'not a number':
      if (takes === 'anything' && !asked) return '';
      return takes === 'number' ? t('number.notDigits') : t('number.notFound');
  }
}
