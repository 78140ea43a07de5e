import { expect, test } from 'vitest';
import { LIMIT_GROUPS } from '../../extension/entrypoints/administration/limit-words.ts';
import { nameProblem, problemText, typedNumber } from '../../extension/entrypoints/administration/problem-text.ts';
import { loadT } from '../../shared/locales/load.ts';
import { LIMIT_PAIRS } from '../../shared/protocol/limits.ts';

test('PA1 limits that must go together stand in one form, so that both can be changed at once', () => {
  for (const { lower, upper } of LIMIT_PAIRS) {
    const forms = LIMIT_GROUPS.filter(({ limits }) => limits.includes(lower) && limits.includes(upper));
    expect(forms, `${lower} and ${upper}`).toHaveLength(1);
  }
});

test('PA1 two limits that contradict each other: a sentence that names both as the screen does', async () => {
  const said = async (language: 'en' | 'nl', which: (typeof LIMIT_PAIRS)[number][]) =>
    problemText(await loadT(language), { ok: false, error: 'limits-contradict', pairs: which });
  const [grace, lost] = LIMIT_PAIRS.filter(({ lower }) => lower === 'reloadGrace' || lower === 'primaryLost');
  if (!grace || !lost) throw new Error('no such pair');
  expect(await said('en', [lost])).toBe(
    '“Until an assistant may ask to take over” cannot be more than “Until a session ends whose agent is away”.',
  );
  expect(await said('nl', [lost])).toBe(
    '‘Tot een assistent mag vragen om over te nemen’ kan niet meer zijn dan ‘Tot een sessie eindigt waarvan de agent weg is’.',
  );
  expect(await said('en', [grace, lost])).toContain(
    'must be less than “Until an assistant may ask to take over”. “Until',
  );
});

test('PA1 who lost the right to administer while looking reads so, and nothing about a session', async () => {
  const said = async (language: 'en' | 'nl') => problemText(await loadT(language), { ok: false, error: 'forbidden' });
  expect(await said('en')).toBe('You may no longer administer this site: somebody took that right from you.');
  expect(await said('nl')).toBe('U mag deze site niet meer beheren: iemand heeft u dat recht ontnomen.');
});

test('JO5 PA1 a name with signs nobody sees is refused for those, not for its length', async () => {
  const t = await loadT('en');
  expect(nameProblem(t, 'Ann \u202Egro.elpmaxe')).toContain('invisible characters');
  expect(nameProblem(t, '\u2066Ann\u2069')).toContain('invisible characters');
  for (const wrong of ['', ' ', 'x'.repeat(81)]) expect(nameProblem(t, wrong)).toContain('at most 80 characters');
  for (const right of ['Ann', 'مريم', '👩‍🔧 Zoë']) expect(nameProblem(t, right)).toBe('');
});

test('PA1 a number is typed in decimal digits, and in nothing else', () => {
  expect(['8', ' 12 ', '007'].map(typedNumber)).toEqual([8, 12, 7]);
  for (const wrong of ['0x10', '1e1', '', ' ', '1.5', '-1', '+1', '1 000', 'Infinity', '٣'])
    expect(typedNumber(wrong), wrong).toBeNaN();
});
