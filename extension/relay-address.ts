import { HulplijnError } from '../shared/protocol/errors.ts';

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The address of a relay as a person types it, made whole: scheme added, path and trailing slash kept off.
 * @returns e.g. `https://help.example.org`
 * @throws HulplijnError `bad-relay-url`, also for http anywhere but on this machine
 */
export function relayAddress(typed: string): string {
  const text = typed.trim();
  const local = LOCAL.test(/^[^:/]+|^\[[^\]]*\]/.exec(text)?.[0] ?? '');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.test(url.hostname));
  if (!url || !allowed || url.username || url.password || /\s/.test(text) || text === '') {
    throw new HulplijnError('bad-relay-url');
  }
  return url.origin;
}
