import { writeFileSync } from 'node:fs';
import { rulesPage } from './support/rules.ts';

/** `npm run rules`: writes test/RULES.md anew. */
writeFileSync(new URL('RULES.md', import.meta.url), rulesPage());
