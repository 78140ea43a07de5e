import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { noAdapter } from '../../shared/link/no-adapter.plugin.ts';
import { builtTexts } from '../../shared/locales/texts.plugin.ts';
import { weigh } from './weigh.plugin.ts';

/** `vite build relay/site` → `relay/site/.output`. Nothing inline: the relay's Content-Security-Policy forbids it. */
/** What the site's screens say; the extension's stay out of a customer's first load. */
const SITE_KEYS = /^(site|chat|event|error|copy|word|number|ended|session|screen|compare|call|files|recording)\./;

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [preact(), noAdapter(), builtTexts(SITE_KEYS), weigh({ firstLoadKb: 70 })],
  build: {
    outDir: '.output',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
