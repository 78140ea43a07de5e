import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const NONE = fileURLToPath(new URL('no-adapter.ts', import.meta.url));

/** Leaves `webrtc-adapter` out of a build: every browser that can show our pages speaks WebRTC 1.0 as W3C has it. */
export function noAdapter(): Plugin {
  return {
    name: 'hulplijn-no-adapter',
    config: () => ({ resolve: { alias: [{ find: /^webrtc-adapter$/, replacement: NONE }] } }),
  };
}
