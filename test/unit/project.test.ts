import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['.output', '.wxt', 'node_modules'].includes(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

interface Import {
  from: string;
  to: string;
  types: boolean;
}

function imports(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gms),
  ];
  return found.map((match) => {
    const to = match[2] ?? match[3] ?? '';
    const target = to.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), to)) : to;
    return { from: file, to: target, types: match[1] !== undefined };
  });
}

/** What each part of the programs may import of the others; `types` only their types. The rest is refused. */
const MAY: { part: RegExp; may: RegExp; types?: RegExp }[] = [
  { part: /^shared\/protocol\//, may: /^shared\/protocol\// },
  { part: /^shared\/activities\//, may: /^shared\/(activities|protocol)\/|^shared\/files\/stripe-words/ },
  { part: /^shared\/session\//, may: /^shared\/(session|activities|protocol)\// },
  { part: /^shared\/link\//, may: /^shared\/(link|protocol)\// },
  { part: /^shared\/files\//, may: /^shared\/(files|protocol)\/|^shared\/link\/fingerprints/ },
  { part: /^shared\/recording\//, may: /^shared\/(recording|protocol)\/|^shared\/files\/private-sink/ },
  { part: /^shared\/client\//, may: /^shared\/(client|link|files|recording|session|activities|protocol)\// },
  { part: /^shared\/locales\//, may: /^shared\/(locales|protocol)\// },
  { part: /^shared\/ui\//, may: /^shared\/(ui|locales|protocol)\//, types: /^shared\/(session|activities)\// },
  { part: /^relay\/site\//, may: /^(relay\/site|shared)\// },
  { part: /^relay\//, may: /^(relay\/(?!site)|shared\/(protocol|locales)\/)/ },
  { part: /^extension\/(entrypoints\/dashboard|bridge)\//, may: /^(extension|shared)\// },
  { part: /^extension\/wxt\.config/, may: /^shared\/.*\.plugin/ }, // builds
  { part: /^extension\//, may: /^(extension|shared\/(ui|locales|protocol|session|client\/relay-client))/ },
];

test('imports run one way: the relay can import nothing of what people say', () => {
  const wrong: string[] = [];
  for (const file of ['extension', 'relay', 'shared'].flatMap(sources)) {
    const rule = MAY.find(({ part }) => part.test(file));
    for (const { to, types } of imports(file)) {
      if (!/^(extension|relay|shared|test)\//.test(to)) continue;
      if (!rule?.may.test(to) && !(types && rule?.types?.test(to))) wrong.push(`${file} → ${to}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('peerjs and the extension interface are each imported in one file', () => {
  // Types are free: peer-wire.ts takes peerjs's, and what it wraps is made in peer-link.ts.
  const all = ['extension', 'relay', 'shared'].flatMap(sources).flatMap(imports);
  const importers = (name: string) => [
    ...new Set(all.filter(({ to, types }) => to === name && !types).map(({ from }) => from)),
  ];
  expect(importers('peerjs')).toEqual(['shared/link/peer-link.ts']);
  expect(importers('webextension-polyfill')).toEqual(['extension/browser.ts']);
});

test('files stay small enough to hold in the head', () => {
  const long = ['extension', 'relay', 'shared', 'test']
    .flatMap(sources)
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 400);
  expect(long).toEqual([]);
});

test('the top level is what it should be', () => {
  const names = readdirSync(ROOT).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  expect(names.sort()).toEqual(
    [
      'LICENSE',
      'README.md',
      'extension',
      'package-lock.json',
      'package.json',
      'relay',
      'shared',
      'test',
      'tsconfig.json',
    ].sort(),
  );
});
