import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinLink, readEntry, readJoinPath } from '../../shared/protocol/entry.ts';
import { formatSessionNumber, newSessionNumber } from '../../shared/protocol/session-number.ts';

const ID = '0123456789abcdef0123456789abcdef';
const KEY = 'k'.repeat(43);
const numbers = fc.integer({ min: 0, max: 999_999_999 }).map((n) => newSessionNumber(() => n));

test('IN5 the field takes a number, however it is grouped', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(' ', '-', '\u2013', '\u00a0', ''), (number, gap) => {
      const typed = [number.slice(0, 3), number.slice(3, 6), number.slice(6)].join(gap);
      expect(readEntry(` ${typed} `)).toEqual({ is: 'number', number });
    }),
  );
});

test('IN5 the field takes a whole mail with a number in it', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const mail = `Hello Bob,\n\nAnn asks you to assist (ticket 48213, 2026-11-23, +31 20 123 45 67).\nSession number: ${formatSessionNumber(number)}\n\nAcme`;
      expect(readEntry(mail)).toEqual({ is: 'number', number });
    }),
  );
});

test('IN5 a link in what is pasted goes before a number, with or without its key', () => {
  const mail = (link: string) => `Session number: 418 205 7730\nOr open ${link}\n`;
  expect(readEntry(mail(`https://support.example.org/j/${ID}#${KEY}`))).toEqual({
    is: 'link',
    invitation: ID,
    key: KEY,
  });
  expect(readEntry(mail(`https://support.example.org/j/${ID}`))).toEqual({
    is: 'link',
    invitation: ID,
    key: undefined,
  });
});

test('IN5 a pasted mail whose line breaks the field has swallowed keeps its key and its number', () => {
  const pasted = `Dear Bob,help: https://support.example.org/j/${ID}#${KEY}Ann`;
  expect(readEntry(pasted)).toEqual({ is: 'link', invitation: ID, key: KEY });
  expect(readEntry('press Join.418 205 7730Link to the session:')).toEqual({ is: 'number', number: '4182057730' });
});

test('ST6 a slip is told from too few, too many and no digits', () => {
  expect(readEntry('418 205 7731')).toEqual({ is: 'mistyped' });
  expect(readEntry('418 205')).toEqual({ is: 'short' });
  expect(readEntry('418 205 7730 1')).toEqual({ is: 'long' });
  expect(readEntry('hello')).toEqual({ is: 'not digits' });
});

test('JO3 the page reads its own link, and nothing that only looks like one', () => {
  const url = new URL(joinLink(`https://support.example.org/j/${ID}`, KEY));
  expect(readJoinPath(url.pathname, url.hash)).toEqual({ invitation: ID, key: KEY });
  expect(readJoinPath(`/j/${ID}`, '')).toEqual({ invitation: ID, key: undefined });
  expect(readJoinPath(`/j/${ID}`, '#too-short')).toEqual({ invitation: ID, key: undefined });
  expect(readJoinPath('/j/../etc', '')).toBeUndefined();
  expect(readJoinPath('/', '')).toBeUndefined();
});
