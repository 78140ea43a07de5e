import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import { type Message, SYNTAX } from './messages.ts';

const USED = /\bt\(\s*['"]([a-zA-Z-]+\.[\w.-]+)['"]/g;
const FILE = /\/shared\/locales\/(?:en|nl)\.json(?<whole>\?whole)?$/;
const PARSER = '@formatjs/icu-messageformat-parser';

/**
 * Puts the texts into a build as its pages use them: parsed, so that no page loads the parser; and only those whose keys
 * match `keys`, so that none loads those of pages it never shows. Fails the build when something in it uses any other;
 * but for `whole`, whose pages load all (`?whole`).
 */
export function builtTexts(keys: RegExp, whole?: RegExp): Plugin {
  const others = new Map<string, string>();
  let serves = false;
  return {
    name: 'hulplijn-built-texts',
    enforce: 'pre',
    config(_, { command }) {
      serves = command === 'serve';
      const alias = [{ find: new RegExp(`^${PARSER}$`), replacement: `${PARSER}/no-parser.js` }];
      return serves ? {} : { resolve: { alias } };
    },
    transform(code, id) {
      const file = FILE.exec(id);
      if (file) {
        const all = file.groups?.whole !== undefined;
        const built = serves ? code : JSON.stringify(builtFrom(code, all ? undefined : keys));
        return all ? { code: `export default ${built}`, moduleType: 'js', map: null } : { code: built, map: null };
      }
      if (!/\.tsx?$/.test(id) || whole?.test(id)) return undefined;
      for (const [, key = ''] of code.matchAll(USED)) if (!keys.test(key)) others.set(key, id);
      return undefined;
    },
    buildEnd(error) {
      if (error || others.size === 0) return;
      const list = [...others].map(([key, file]) => `${key} (${file})`).join(', ');
      this.error(`texts are left out that are used: ${list}`);
    },
  };
}

function builtFrom(json: string, keys = /^/): Record<string, Message> {
  const texts = Object.entries<string>(JSON.parse(json)).filter(([key]) => keys.test(key));
  return Object.fromEntries(texts.map(([key, text]) => [key, SYNTAX.test(text) ? parsed(text) : text]));
}

const parsed = (text: string): Message => parse(text, { ignoreTag: true, captureLocation: false });
