import { readJoinPath } from '../../shared/protocol/entry.ts';

/** Which page an address asks for. `bad link`: looks like a join link, but was cut or changed on its way here. */
export type Route =
  | { is: 'home' }
  | { is: 'invitation'; id: string; key: string | undefined }
  | { is: 'bad link' }
  | { is: 'support' };

/**
 * An address that is none of ours leads home: the form is what somebody lost needs. A key that is no key is as good as
 * none: the link still admits, and is "not compared" (JO3).
 */
export function readRoute({ pathname, hash }: { pathname: string; hash: string }): Route {
  if (/^\/support\/?$/.test(pathname)) return { is: 'support' };
  if (!/^\/j(\/|$)/.test(pathname)) return { is: 'home' };
  const link = readJoinPath(pathname, hash);
  return link ? { is: 'invitation', id: link.invitation, key: link.key } : { is: 'bad link' };
}
