import { expect, test } from 'vitest';
import type { Snapshot } from '../../shared/session/view.ts';
import { textParts } from '../../shared/ui/link-text.tsx';
import { groupTyped, readEntry } from '../../shared/ui/number-entry.ts';
import { durationText, secondsLeft } from '../../shared/ui/time.tsx';
import { LASTED_MS, troubles } from '../../shared/ui/trouble.ts';
import { CROWD, snapshot } from '../support/gallery/fixtures.ts';

test('JO5 only http and https become links, and the parts put together are what was written', () => {
  for (const text of [
    'javascript:alert(1) data:text/html,x ftp://a.example',
    'see https://a.example/b?c=d, then (http://b.example).',
    'https:// https://%zz http://',
    '',
  ]) {
    const parts = textParts(text);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    for (const part of parts) if (part.is === 'link') expect(part.url).toMatch(/^https?:\/\//);
  }
  expect(textParts('javascript:alert(1)').map((part) => part.is)).toEqual(['text']);
  expect(textParts('(see https://a.example/b).').map((part) => part.text)).toEqual([
    '(see ',
    'https://a.example/b',
    ').',
  ]);
});

test('SH3 a link whose text hides its host has the real one beside it', () => {
  const host = (text: string) => textParts(text).flatMap((part) => (part.is === 'link' ? [part.host] : []));
  expect(host('https://bank.example')).toEqual([undefined]);
  expect(host('https://bank.example:8443/x')).toEqual([undefined]);
  expect(host('https://bank.example@evil.example/x')).toEqual(['evil.example']);
  expect(host('https://bänk.example/')).toEqual(['xn--bnk-qla.example']);
  expect(host('HTTPS://BANK.example/')).toEqual(['bank.example']);
});

test('ST6 typed digits are grouped, with the caret after the same digit', () => {
  expect(groupTyped('4182', 4)).toEqual({ text: '418 2', caret: 5 });
  expect(groupTyped('418-205-7730', 12)).toEqual({ text: '418 205 7730', caret: 12 });
  expect(groupTyped('4918 205 773', 2)).toEqual({ text: '491 820 5773', caret: 2 });
  expect(groupTyped('https://x/j/1\nnext', 3)).toEqual({ text: 'https://x/j/1 next', caret: 3 });
});

test('IN5 the field takes a number, a link or the pasted mail; a customer’s only the number', () => {
  const link = `https://support.example.org/j/${'0a'.repeat(16)}`;
  expect(readEntry('418 205 7730', 'number')).toBe('ready');
  expect(readEntry('418 205 7731', 'anything')).toBe('mistyped');
  expect(readEntry('418 205', 'anything')).toBe('short');
  expect(readEntry('418 205 77300', 'anything')).toBe('long');
  expect(readEntry(link, 'anything')).toBe('ready');
  expect(readEntry(link, 'number')).toBe('not a number');
  expect(readEntry('Ann asks: number 418 205 7730, thanks', 'anything')).toBe('ready');
  expect(readEntry('Ann asks: number 418 205 7731, thanks', 'anything')).toBe('not a number');
  expect(readEntry('  ', 'anything')).toBe('empty');
});

test('a duration reads as minutes and seconds, with hours where there are any', () => {
  expect([0, 65_000, 3_600_000 + 4 * 60_000 + 7_000, -5].map(durationText)).toEqual([
    '0:00',
    '1:05',
    '1:04:07',
    '0:00',
  ]);
});

test('RE2 a trouble shows only after it has lasted, the worst first', () => {
  const since = 1_000_000;
  const waiting: Snapshot = snapshot([CROWD], { relay: { is: 'waiting', since } });
  const calm = {
    ...CROWD,
    participants: CROWD.participants.filter((one) => one.link.is !== 'lost' && one.assurance !== 'mismatch'),
  };
  expect(troubles(waiting, calm, since + LASTED_MS - 1)).toEqual([]);
  expect(troubles(waiting, calm, since + LASTED_MS)).toEqual([{ is: 'relay', since }]);
  expect(troubles(waiting, CROWD, Date.now()).map((trouble) => trouble.is)).toEqual(['mismatch', 'lost', 'relay']);
});

test('SH2 the seconds left begin with those that were given and never above, whichever clock said until when', () => {
  const now = 1_000_000;
  for (const late of [0, 1, 200, 499]) expect(secondsLeft(now + 30_000 + late, now), `${late} ms`).toBe(30);
  expect(secondsLeft(now + 29_400, now)).toBe(29);
  expect([secondsLeft(now + 400, now), secondsLeft(now - 5000, now)]).toEqual([0, 0]);
});
