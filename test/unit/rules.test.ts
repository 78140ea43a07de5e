import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtRules, provenRules, rulesPage, withRulesTable } from '../support/rules.ts';

test('every rule that is built has a test that says so in its title', () => {
  const rules = builtRules();
  expect(rules.length).toBeGreaterThan(30);
  const proven = provenRules();
  expect(rules.filter((id) => !proven.has(id))).toEqual([]);
});

test('the table in the README is what `npm run rules` makes of the sources', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withRulesTable(readme));
});

test('the page of which test proves which rule is what `npm run rules` makes of the sources', () => {
  expect(readFileSync(new URL('../RULES.md', import.meta.url), 'utf8')).toBe(rulesPage());
});
