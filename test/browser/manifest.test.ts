import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { BROWSERS } from '../support/browsers.ts';
import { builtExtension } from '../support/builds.ts';

const SHARED = {
  manifest_version: 3,
  name: 'Hulplijn',
  description: project.description,
  version: project.version,
  icons: { '16': 'icon/16.png', '32': 'icon/32.png', '48': 'icon/48.png', '128': 'icon/128.png' },
  permissions: ['activeTab', 'scripting', 'storage'],
  optional_host_permissions: ['*://*/*'],
  incognito: 'not_allowed',
  action: { default_title: 'Hulplijn', default_popup: 'popup.html' },
  commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+H' } } },
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" },
  web_accessible_resources: [{ resources: ['icon-bar.html'], matches: ['*://*/*'] }],
  options_ui: { open_in_tab: true, page: 'options.html' },
};

const OWN = {
  chromium: { minimum_chrome_version: '140', background: { service_worker: 'background.js' } },
  firefox: {
    background: { scripts: ['background.js'] },
    browser_specific_settings: {
      gecko: {
        id: 'hulplijn@hulplijn.example',
        strict_min_version: '142.0',
        data_collection_permissions: {
          required: ['personallyIdentifyingInfo', 'personalCommunications', 'websiteContent'],
        },
      },
    },
  },
};

describe.each(BROWSERS)('the built extension for %s', (name) => {
  // The whole of it: whatever a library adds (host permissions, a static content script) fails here.
  test('ST4 asks at install for nothing that warns', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(builtExtension(name), 'manifest.json'), 'utf8'));
    expect(manifest).toEqual({ ...SHARED, ...OWN[name] });
  });
});
