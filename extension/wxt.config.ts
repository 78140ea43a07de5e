import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import project from '../package.json' with { type: 'json' };
import { noAdapter } from '../shared/link/no-adapter.plugin.ts';
import { builtTexts } from '../shared/locales/texts.plugin.ts';

/** The page of the icon bar: the only file of ours that a web page's document may hold, in a frame (DESIGN.md). */
const FRAME = 'icon-bar.html';

/** What our pages say: not the site's words, nor the relay's mails, nor the administration's (that page loads all). */
const WORDS = /^(?!(site|limit)\.|admin\.(?!(title|optionsWhat)$)|mail\.(?!(customer|representative)\.))/;

export default defineConfig({
  imports: false,
  vite: () => ({
    plugins: [preact(), noAdapter(), builtTexts(WORDS, /\/entrypoints\/administration\//)],
    build: { modulePreload: false },
  }),
  manifest: ({ browser }) => ({
    name: 'Hulplijn',
    description: project.description,
    version: project.version,
    permissions: ['activeTab', 'scripting', 'storage'],
    optional_host_permissions: ['*://*/*'], // "keep the bar on every page", asked by a click
    incognito: 'not_allowed',
    action: { default_title: 'Hulplijn' },
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+H' } } },
    // Firefox's own default upgrades ws: and http: of a relay on localhost, and then nothing connects. WebAssembly: the
    // hash of a file (shared/files), whose worker has no policy of its own here.
    content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" },
    web_accessible_resources: [{ resources: [FRAME], matches: ['*://*/*'] }],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'hulplijn@hulplijn.example',
              strict_min_version: '142.0',
              data_collection_permissions: {
                required: ['personallyIdentifyingInfo', 'personalCommunications', 'websiteContent'],
              },
            },
          },
        }
      : { minimum_chrome_version: '140' }),
  }),
});
