import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

/** A rule of shared/README.md. */
export interface Rule {
  id: string; // ST1
  says: string; // its first sentence
  built: boolean; // be it in part
}

/** A test whose title begins with ids: `'ST2 IN1 Invite opens …'`. */
interface Proof {
  file: string; // in test/
  ids: string[];
  title: string;
}

interface Section {
  title: string; // ST: starting
  rules: Rule[];
}

function sections(): Section[] {
  const text = readFileSync(join(ROOT, 'shared/README.md'), 'utf8');
  return text
    .split('\n## ')
    .slice(1)
    .flatMap((section) => {
      const [title = ''] = section.split('\n', 1);
      const later = /^[^\n]*\n+All \*not yet\*\./.test(section);
      const rules = [...section.matchAll(/^- \*\*([A-Z]{2}\d+)\*\* ((?:.+\n?(?! *- |\n))*.*)/gm)].map(
        ([, id = '', said = '']): Rule => ({
          id,
          says: firstSentence(said),
          built: !later && !said.startsWith('*Not yet.*'),
        }),
      );
      return rules.length > 0 ? [{ title, rules }] : [];
    });
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  return (/^.*?\.(?= |$)/.exec(line)?.[0] ?? line).replace(/:\s*$/, '.');
}

/** What is tested, by what the sources' titles begin with; `${…}` in a title is some value. */
function proofs(): Proof[] {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.test\.tsx?$/.test(file))
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(ROOT, 'test', file), 'utf8').matchAll(TITLE)].map(([, , ids = '', title = '']) => ({
        file: file.replaceAll('\\', '/'),
        ids: ids.trim().split(' '),
        title: title
          .replace(/\$\{[^}]*\}|%s|\$\w+/g, '…')
          .replace(/\\(.)/g, '$1')
          .trim(),
      })),
    );
}

const TITLE = /(['"`])((?:[A-Z]{2}\d+ )+)((?:\\.|(?!\1)[^\\])*)\1/g;

export function builtRules(): string[] {
  return sections().flatMap(({ rules }) => rules.filter(({ built }) => built).map(({ id }) => id));
}

/** By the tests in that folder of `test/`, or by all. */
export function provenRules(folder = ''): Set<string> {
  return new Set(proofs().flatMap(({ file, ids }) => (file.startsWith(folder) ? ids : [])));
}

/** The page of what proves what: every rule, and the tests whose titles begin with it. */
export function rulesPage(): string {
  const all = proofs();
  const table = ({ title, rules }: Section) => [
    `## ${title}`,
    '',
    '| rule | | proven by |',
    '|---|---|---|',
    ...rules.map((rule) => `| **${rule.id}** | ${cell(rule.says)} | ${provenBy(rule, all)} |`),
    '',
  ];
  return [HEAD, ...sections().flatMap(table)].join('\n');
}

const BEGINS = '<!-- the rules: made by `npm run rules` -->\n';
const ENDS = '<!-- the rules end -->\n';

/** `readme` with its table of the rules as the sources have it: each rule, and the files whose tests prove it. */
export function withRulesTable(readme: string): string {
  const all = proofs();
  const rows = sections().flatMap(({ rules }) =>
    rules.map(({ id }) => `| ${id} | ${filesOf(id, all).map(link).join(', ')} |`),
  );
  const [before, rest] = readme.split(BEGINS);
  const after = rest?.split(ENDS)[1];
  if (before === undefined || after === undefined) throw new Error('README.md has no place for the rules');
  return [before, BEGINS, '| rule | proven in |\n|---|---|\n', rows.join('\n'), '\n', ENDS, after].join('');
}

const filesOf = (id: string, all: readonly Proof[]) => [
  ...new Set(all.filter(({ ids }) => ids.includes(id)).map(({ file }) => file)),
];
const nameOf = (file: string) => file.replace(/\.test\.tsx?$/, '');
const link = (file: string) => `[${nameOf(file)}](test/${file})`;

const HEAD = `# Which test proves which rule

Made by \`npm run rules\` from the rules in [shared/README.md](../shared/README.md), of which only the first sentence stands
here, and from the titles of the tests, which begin with the ids of what they prove. \`unit/rules.test.ts\` fails when this
page is not what the sources say. An ellipsis in a title stands for each of several cases.
`;

function provenBy(rule: Rule, all: readonly Proof[]): string {
  const mine = all.filter(({ ids }) => ids.includes(rule.id));
  if (mine.length === 0) return rule.built ? '**no test**' : '*not built yet, no test*';
  return filesOf(rule.id, mine)
    .map((file) => {
      const titles = mine.filter((one) => one.file === file).map(({ title }) => cell(title));
      return `[${nameOf(file)}](${file}): ${titles.join('; ')}`;
    })
    .join('<br>');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
