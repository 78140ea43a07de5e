import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';

const SITE = fileURLToPath(new URL('../../relay/site/.output', import.meta.url));
const EXTENSION = fileURLToPath(new URL('../../extension/.output/chrome-mv3', import.meta.url));
const KB = 1024;

/** In KB, gzipped. Those of the extension lie on the agent's disk: what counts there is how soon a page is up. */
const BUDGETS = [
  { name: 'site', root: SITE, entry: 'index.html', budget: 70 },
  { name: 'popup', root: EXTENSION, entry: 'popup.html', budget: 70 },
  { name: 'bar', root: EXTENSION, entry: 'icon-bar.html', budget: 70 },
  { name: 'dashboard', root: EXTENSION, entry: 'dashboard.html', budget: 150 },
  { name: 'content-script', root: EXTENSION, entry: 'bar.js', budget: 3 },
];

/** What the builds weigh: everything a page loads at once, and the heavier language. */
export async function* weights(): AsyncGenerator<Figure> {
  for (const { name, root, entry, budget } of BUDGETS) {
    const files = new Set<string>();
    collect(root, join(root, entry), files);
    const value = [...files].reduce((sum, file) => sum + weight(file), 0) / KB + (files.size > 1 ? words(root) : 0);
    yield { name: `weight-${name}`, value, unit: 'KB', alternative: { name: 'budget', value: budget }, goal: 1 };
  }
}

/** A page's scripts and styles, and what its scripts import by `import … from`, not what they load later. */
function collect(root: string, file: string, into: Set<string>): void {
  if (into.has(file)) return;
  into.add(file);
  const text = readFileSync(file, 'utf8');
  const named = file.endsWith('.html')
    ? /(?:src|href)="([^"]+\.(?:js|css))"/g
    : /(?:from|import)\s*["'`](\.{0,2}\/[^"'`]+\.js)["'`]/g;
  for (const [, found = ''] of file.endsWith('.css') ? [] : text.matchAll(named)) {
    collect(root, found.startsWith('/') ? join(root, found) : join(dirname(file), found), into);
  }
}

const weight = (file: string): number => gzipSync(readFileSync(file)).length;

function words(root: string): number {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const lightest = (language: string) => {
    const found = files.filter((file) => new RegExp(`(?:^|[/\\\\])${language}-[^/\\\\]*\\.js$`).test(file));
    return Math.min(...found.map((file) => weight(join(root, file)))); // the larger is the administration's own
  };
  return Math.max(lightest('en'), lightest('nl')) / KB;
}
