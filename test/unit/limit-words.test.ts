import { expect, test } from 'vitest';
import { LIMIT_GROUPS, limitsProblem } from '../../extension/entrypoints/administration/limit-words.ts';
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
    limitsProblem(await loadT(language), { ok: false, error: 'limits-contradict', pairs: which });
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
