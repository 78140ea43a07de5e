import { Fragment } from 'preact';

/** A name is text everywhere, set apart from the writing direction around it; cut where it is long, full in a tooltip (JO5). */
export function PersonName({ name }: { name: string }) {
  return (
    <bdi class="person-name ellipsis" title={name}>
      {name}
    </bdi>
  );
}

/** The first letters of the first and last word; decoration, the name stands beside it. */
export function Avatar({ name, tone = 'calm' }: { name: string; tone?: 'calm' | 'warn' | 'stop' }) {
  return (
    <span class={`avatar ${tone}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  const letter = (word = '') => [...word][0] ?? '';
  return ends.map(letter).join('').toUpperCase();
}

/** Stands for a name while a message is formatted, so that the name itself can be drawn as an element of its own. */
const SLOT = '\uE000';
export const NAME_SLOT = SLOT;

/** The same for whom that one did something to. */
export const OTHER_SLOT = '\uE001';

/** A text made with `NAME_SLOT` as its name, and `OTHER_SLOT` as another, each set apart by `<bdi>`. */
export function WithName({ text, name, other = '' }: { text: string; name: string; other?: string }) {
  return text
    .split(/([\uE000\uE001])/)
    .map((part, index) => (
      <Fragment key={index}>{index % 2 === 0 ? part : <bdi>{part === SLOT ? name : other}</bdi>}</Fragment>
    ));
}
