import { connect } from './connect.ts';
import { dashboard } from './dashboard.ts';
import { type Figure, line, type Unmeasured } from './figure.ts';
import { files } from './files.ts';
import { relay } from './relay.ts';
import { screen } from './screen.ts';
import { weights } from './weights.ts';

/** `npm run bench [-- NAME …]`, after `npm run build`: one line a figure, each beside its alternative in the same run. */
const BENCHES: Record<string, () => AsyncIterable<Figure | Unmeasured>> = {
  connect,
  dashboard,
  files,
  relay,
  screen,
  weights,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES[name]);
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(64);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  for await (const figure of bench()) process.stdout.write(`${line(figure)}\n`);
}
process.exit(0);
