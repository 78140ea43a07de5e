import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { siteTexts } from './texts.plugin.ts';
import { weigh } from './weigh.plugin.ts';

/** `vite build relay/site` → `relay/site/.output`. Nothing inline: the relay's Content-Security-Policy forbids it. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [preact(), siteTexts(), weigh({ firstLoadKb: 70 })],
  build: {
    outDir: '.output',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
