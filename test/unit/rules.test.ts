import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtRules, provenRules, rulesPage, withRulesTable } from '../support/rules.ts';

test('every rule that is built has a test that says so in its title', () => {
  const rules = builtRules();
  expect(rules.length).toBeGreaterThan(30);
  const proven = provenRules();
  expect(rules.filter((id) => !proven.has(id))).toEqual([]);
});

/** What people are promised step by step: proven as they do it, whatever is proven of its parts. */
const STEPS =
  'ST1 ST2 ST3 ST5 IN1 IN2 IN3 IN4 IN5 IN6 JO1 JO2 PA1 PA2 PA3 PA4 AS1 AS2 TC1 TC2 TC3 TC4 TC5 TS1 TS2 TS3 TS4'.split(
    ' ',
  );

test('every rule that comes from the manual has a test in whole browsers', () => {
  expect(builtRules()).toEqual(expect.arrayContaining(STEPS));
  const proven = provenRules('browser/');
  expect(STEPS.filter((id) => !proven.has(id))).toEqual([]);
});

test('the table in the README is what `npm run rules` makes of the sources', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withRulesTable(readme));
});

test('the page of which test proves which rule is what `npm run rules` makes of the sources', () => {
  expect(readFileSync(new URL('../RULES.md', import.meta.url), 'utf8')).toBe(rulesPage());
});
