import { InvitationId, InvitationKey } from './ids.ts';
import { readSessionNumber, type TypedNumber } from './session-number.ts';

/** What somebody who wants in typed or pasted: a session number, a join link, or a whole mail with either (IN5). */
export type Entry =
  | { is: 'link'; invitation: string; key: string | undefined }
  | { is: 'number'; number: string }
  | { is: Exclude<TypedNumber['is'], 'number'> };

const LINK = /\/j\/([0-9a-f]{32})(?:#([A-Za-z0-9_-]{43}))?/;
/** Ten digits, grouped or not, that are not part of a longer run of digits. */
const NUMBER = /(?<!\d)\d(?:[ \p{Pd}\u00a0]?\d){9}(?!\d)/gu;

export function readEntry(typed: string): Entry {
  const link = LINK.exec(typed);
  if (link?.[1]) return { is: 'link', invitation: link[1], key: link[2] };
  const whole = readSessionNumber(typed);
  if (whole.is !== 'not digits') return whole;
  for (const [found] of typed.matchAll(NUMBER)) {
    const read = readSessionNumber(found);
    if (read.is === 'number') return read;
  }
  return whole;
}

/** `origin/j/<id>#<key>`; without a key the reader is admitted as "not compared" (JO3). */
export function joinLink(url: string, key: string | undefined): string {
  return key === undefined ? url : `${url}#${key}`;
}

/** The parts of the page's own address, when it is a join link. */
export function readJoinPath(
  pathname: string,
  hash: string,
): { invitation: string; key: string | undefined } | undefined {
  const id = /^\/j\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (id === undefined || !InvitationId.safeParse(id).success) return undefined;
  const key = hash.replace(/^#/, '');
  return { invitation: id, key: InvitationKey.safeParse(key).success ? key : undefined };
}
