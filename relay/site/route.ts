import { InvitationId, InvitationKey } from '../../shared/protocol/ids.ts';
import { z } from '../../shared/protocol/schema.ts';

/** Which page an address asks for. `bad link`: looks like a join link, but was cut or changed on its way here. */
export type Route =
  | { is: 'home' }
  | { is: 'invitation'; id: InvitationId; key: string | undefined; path: string }
  | { is: 'bad link' }
  | { is: 'support' };

/**
 * An address that is none of ours leads home: the form is what somebody lost needs. A key that is no key is as good as
 * none: the link still admits, and is "not compared" (JO3).
 */
export function readRoute({ pathname, hash }: { pathname: string; hash: string }): Route {
  const path = pathname.replace(/\/+$/, '');
  if (path === '/support') return { is: 'support' };
  const link = /^\/j(?:\/(.*))?$/.exec(path);
  if (!link) return { is: 'home' };
  const id = z.safeParse(InvitationId, link[1]);
  if (!id.success) return { is: 'bad link' };
  const key = z.safeParse(InvitationKey, hash.slice(1));
  return { is: 'invitation', id: id.data, key: key.success ? key.data : undefined, path };
}
