import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

type Output = Rollup.OutputAsset | Rollup.OutputChunk;
type Bundle = Record<string, Output>;

/**
 * Weighs what a customer loads, gzipped, and fails the build when the first load is too heavy: the page, its style, its
 * script with all it imports at once, and the heavier language. What a session adds comes while the form is being read.
 */
export function weigh({ firstLoadKb }: { firstLoadKb: number }): Plugin {
  return {
    name: 'hulplijn-weigh',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle: Bundle) {
        const files = Object.values(bundle);
        const chunks = files.filter((file) => file.type === 'chunk');
        const first = new Set<Output>(files.filter(({ fileName }) => /\.(html|css)$/.test(fileName)));
        for (const entry of chunks.filter(({ isEntry }) => isEntry)) addImported(bundle, entry.fileName, first);
        const languages = chunks.filter(({ facadeModuleId }) => /\/locales\/\w+\.json$/.test(facadeModuleId ?? ''));
        const language = languages.toSorted((one, other) => weight(other) - weight(one))[0];
        if (!language) this.error('weigh.plugin.ts finds no language file');
        first.add(language);
        const later = files.filter((file) => !first.has(file) && file.type === 'chunk' && !languages.includes(file));
        const kb = (some: Iterable<Output>) => [...some].reduce((sum, file) => sum + weight(file), 0) / 1024;
        const said = `first load ${kb(first).toFixed(1)} KB of ${firstLoadKb}, a session adds ${kb(later).toFixed(1)} KB (gzipped)`;
        if (kb(first) > firstLoadKb) this.error(said);
        this.info(said);
      },
    },
  };
}

function addImported(bundle: Bundle, name: string, to: Set<Output>): void {
  const file = bundle[name];
  if (!file || to.has(file)) return;
  to.add(file);
  if (file.type === 'chunk') for (const next of file.imports) addImported(bundle, next, to);
}

function weight(file: Output): number {
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length;
}
