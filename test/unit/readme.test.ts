import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentName, VARIABLES } from '../../relay/config.ts';
import { Limits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';

/** What the documents say must be so: they name every variable, package and rule that there is, and none that is gone. */
const ROOT = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const README = read('README.md');

/** The rows of the table under that heading, cell by cell. */
function rows(heading: string): string[][] {
  const [, section = ''] = README.split(`\n## ${heading}\n`);
  const [inside = ''] = section.split('\n## ');
  const lines = inside.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the README names every variable of the relay, and each limit with its default', () => {
  const table = new Map(rows('Configuration of the relay').map(([name = '', value = '']) => [name, value]));
  expect([...table.keys()].sort()).toEqual(VARIABLES.map((name) => `\`${name}\``).sort());
  for (const [limit, value] of Object.entries(z.parse(Limits, {}))) {
    expect(`${limit}: ${table.get(`\`${environmentName(limit)}\``)}`).toBe(`${limit}: ${value}`);
  }
});

test('the README says why each dependency is there', () => {
  const packages = z.record(z.string(), z.string());
  const Project = z.object({
    dependencies: packages,
    devDependencies: packages,
    optionalDependencies: packages,
  });
  const { dependencies, devDependencies, optionalDependencies } = Project.parse(JSON.parse(read('package.json')));
  const present = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const named = rows('Why each dependency').flatMap(([names = '']) => names.split(', '));
  // `node-*` and `@types/…` stand for all that begin so.
  const stands = (name: string) => (dependency: string) =>
    /[*…]$/.test(name) ? dependency.startsWith(name.slice(0, -1)) : dependency === name;
  expect(present.filter((dependency) => !named.some((name) => stands(name)(dependency)))).toEqual([]);
  expect(named.filter((name) => !present.some(stands(name)))).toEqual([]);
});

test('the folders that the README names exist', () => {
  const named = rows('Where things live').flatMap(([names = '']) => names.match(/[\w/-]+(?=\/`)/g) ?? []);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
});

test('links and pictures of the documents lead somewhere', () => {
  const broken: string[] = [];
  for (const file of [
    'README.md',
    'shared/README.md',
    'shared/link/README.md',
    'shared/files/README.md',
    'test/RULES.md',
  ]) {
    for (const [, to = ''] of read(file).matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      if (!/^\w+:/.test(to) && !existsSync(join(ROOT, dirname(file), to))) broken.push(`${file}: ${to}`);
    }
  }
  expect(broken).toEqual([]);
});
