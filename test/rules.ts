import { readFileSync, writeFileSync } from 'node:fs';
import { rulesPage, withRulesTable } from './support/rules.ts';

/** `npm run rules`: writes test/RULES.md and the table in README.md anew. */
const README = new URL('../README.md', import.meta.url);
writeFileSync(new URL('RULES.md', import.meta.url), rulesPage());
writeFileSync(README, withRulesTable(readFileSync(README, 'utf8')));
