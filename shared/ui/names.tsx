import { Fragment } from 'preact';
import type { T } from '../locales/messages.ts';
import { NAME_SLOT } from './person-name.tsx';

/** So many are named in a short sentence; of more, the rest are counted. */
const MOST_NAMED = 3;

/** “Anna, Bob and Mia”, as the language lists names. */
export function namesText(t: T, names: readonly string[]): string {
  return new Intl.ListFormat(t.language).format(names);
}

interface WithNamesProps {
  t: T;
  text: string;
  names: readonly string[];
  cut: boolean; // only the first few, each with an ellipsis where it is long: the whole stands in a tooltip
}

/** A text made with `NAME_SLOT` for a list of names, each set apart by `<bdi>`. */
export function WithNames({ text, ...list }: WithNamesProps) {
  return text.split(NAME_SLOT).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <Names {...list} />}
      {part}
    </Fragment>
  ));
}

function Names({ t, names, cut }: Omit<WithNamesProps, 'text'>) {
  const named = cut && names.length > MOST_NAMED ? names.slice(0, MOST_NAMED - 1) : names;
  const more = names.length - named.length;
  const items = more > 0 ? [...named, t('screen.moreNames', { count: more })] : named;
  return new Intl.ListFormat(t.language).formatToParts(items.map((_, at) => String(at))).map(({ type, value }) => {
    if (type === 'literal') return value;
    const at = Number(value);
    const item = items[at];
    if (at >= named.length) return item;
    return (
      <bdi key={value} {...(cut ? { class: 'screen-name ellipsis', title: item } : {})}>
        {item}
      </bdi>
    );
  });
}
