import { Seeded } from '../support/random.ts';
import { walkMany } from './many.ts';
import { anyKey } from './walk.ts';

/** `npm run test:long`: ten million steps, half an hour and more; `SEED=…` begins where another began. */
const STEPS = 10_000_000;
const { seed } = new Seeded();
process.stdout.write(`seed ${seed}\n`);
let said = 0;
await walkMany(await anyKey(), seed, STEPS, (steps) => {
  if (steps - said < STEPS / 100) return;
  said = steps;
  process.stdout.write(`${steps} steps\n`);
});
process.stdout.write(`${STEPS} steps: nothing is wrong\n`);
