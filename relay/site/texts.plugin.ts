import type { Plugin } from 'vite';

/** The parts of the shared texts that the site's screens say; the extension's stay out of a customer's first load. */
const SITE_KEYS = /^(site|chat|event|error|copy|word|number|ended|session|screen|compare|call|files|recording)\./;
const USED = /\bt\(\s*['"]([a-zA-Z-]+\.[\w.-]+)['"]/g;

/** Leaves only the site's texts in the language files, and fails the build when a screen uses any other. */
export function siteTexts(): Plugin {
  const others = new Map<string, string>();
  return {
    name: 'hulplijn-site-texts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (/\/shared\/locales\/(en|nl)\.json$/.test(id)) {
        const texts = Object.entries(JSON.parse(code)).filter(([key]) => SITE_KEYS.test(key));
        return { code: JSON.stringify(Object.fromEntries(texts)), map: null };
      }
      if (!/\.tsx?$/.test(id)) return undefined;
      for (const [, key = ''] of code.matchAll(USED)) if (!SITE_KEYS.test(key)) others.set(key, id);
      return undefined;
    },
    buildEnd(error) {
      if (error || others.size === 0) return;
      const list = [...others].map(([key, file]) => `${key} (${file})`).join(', ');
      this.error(`texts.plugin.ts leaves out texts that the site uses: ${list}`);
    },
  };
}
