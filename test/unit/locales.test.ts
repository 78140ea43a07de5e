import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from '../../shared/locales/en.json' with { type: 'json' };
import nl from '../../shared/locales/nl.json' with { type: 'json' };
import { ErrorCode } from '../../shared/protocol/errors.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Keys that no source file holds as a literal, because they are made of a closed list. */
const COMPUTED = ErrorCode.options.map((code) => `error.${code}`);
const LANGUAGES = { en, nl };

test('both languages have the same keys, sorted', () => {
  expect(Object.keys(nl)).toEqual(Object.keys(en));
  expect(Object.keys(en)).toEqual(Object.keys(en).toSorted());
});

test('no text is empty, and each has the same placeholders in both languages', () => {
  const dutch: Record<string, string> = nl;
  const differing = Object.entries(en).filter(
    ([key, text]) =>
      text.trim() === '' ||
      dutch[key]?.trim() === '' ||
      JSON.stringify(placeholders(text, 'en')) !== JSON.stringify(placeholders(dutch[key] ?? '', 'nl')),
  );
  expect(differing.map(([key]) => key)).toEqual([]);
});

test('no text is unused', () => {
  const source = sources().join('\n');
  const unused = Object.keys(en).filter(
    (key) => !COMPUTED.includes(key) && !source.includes(`'${key}'`) && !source.includes(`"${key}"`),
  );
  expect(unused).toEqual([]);
});

test('every refusal has its words', () => {
  for (const messages of Object.values(LANGUAGES))
    expect(Object.keys(messages)).toEqual(expect.arrayContaining(COMPUTED));
});

/** Names, with what kind each is, in the order of the alphabet. */
function placeholders(text: string, language: string): string[] {
  const found = new Set<string>();
  const collect = (elements: ReturnType<IntlMessageFormat['getAst']>) => {
    for (const element of elements) {
      if (!('value' in element)) continue;
      if (element.type !== 0) found.add(`${element.value} ${element.type}`);
      if ('options' in element) for (const option of Object.values(element.options)) collect(option.value);
    }
  };
  collect(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

function sources(): string[] {
  return ['extension', 'relay', 'shared'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !/node_modules|\.output|\.wxt/.test(path))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  );
}
