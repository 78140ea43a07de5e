import type { Plugin } from 'vite';

const USED = /\bt\(\s*['"]([a-zA-Z-]+\.[\w.-]+)['"]/g;

/**
 * Leaves only the texts whose keys match `keys` in the language files of a build, so that no page loads those of pages
 * it never shows, and fails the build when something in it uses any other.
 */
export function onlyTexts(keys: RegExp): Plugin {
  const others = new Map<string, string>();
  return {
    name: 'hulplijn-only-texts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (/\/shared\/locales\/(en|nl)\.json$/.test(id)) {
        const texts = Object.entries(JSON.parse(code)).filter(([key]) => keys.test(key));
        return { code: JSON.stringify(Object.fromEntries(texts)), map: null };
      }
      if (!/\.tsx?$/.test(id)) return undefined;
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
