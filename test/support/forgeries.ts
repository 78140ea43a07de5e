import type { Who } from '../../shared/activities/activity.ts';
import { ACTIVITIES } from '../../shared/activities/list.ts';
import { type Message, parseMessage } from '../../shared/session/message.ts';
import { newId } from './link-actor.ts';

/** Whom nobody knows: what a forger vouches for. */
export const STRANGER = {
  signingKey: 'B'.repeat(87),
  fingerprints: [Array.from({ length: 32 }, () => 'AB').join(':')],
};

/** What all this would show on somebody's screen. */
export const OBEYED =
  /was removed|ended the session|session is over|asks to see your screen|calls you|Join the call|asks to record|is being helped right now|from before you came/;

const MANAGED = ACTIVITIES.flatMap(({ who }) =>
  Object.entries<Who>(who).flatMap(([type, { management }]) => (management ? [type] : [])),
);

/**
 * Every kind of order that only whoever is in charge gives, of that epoch, to and about all of `people` (`customers` among
 * them): as well made as the real ones, so that nothing but the rule can refuse them.
 */
export function orders(epoch: number, people: readonly string[], customers: readonly string[]): Message[] {
  const later = Date.now() + 1e9; // that stay of theirs, and any
  const file = { id: newId(), name: 'secret.txt', size: 1, at: 1, from: 'Mallory', to: 'Mia', received: true };
  const given: Message[] = [
    ...people.flatMap((to) =>
      people
        .filter((who) => who !== to)
        .map((who): Message => ({ v: 1, type: 'introduction', epoch, to, who, ...STRANGER, proven: true })),
    ),
    ...customers.flatMap((who): Message[] => [
      { v: 1, type: 'helping', epoch, who },
      { v: 1, type: 'screen.ask', epoch, id: newId(), of: who },
    ]),
    { v: 1, type: 'call.ring', epoch, id: newId(), of: [...people] },
    { v: 1, type: 'call.runs', epoch, id: newId(), by: people[0] ?? '', members: [] },
    { v: 1, type: 'call.end', epoch, id: newId() },
    { v: 1, type: 'recording.ask', epoch, id: newId(), page: newId(), began: false, agreed: [], asked: [...people] },
    { v: 1, type: 'files.log', epoch, files: [file], last: true },
    ...people.map((who): Message => ({ v: 1, type: 'removed', epoch, who, joinedAt: later })),
    { v: 1, type: 'ended', epoch },
  ];
  const missing = MANAGED.filter((wanted) => !given.some(({ type }) => type === wanted));
  if (missing.length > 0) throw new Error(`nobody forges ${missing.join()}`);
  return wellMade(given);
}

/** Those messages, each of which every page's parser takes: what is malformed is dropped before any rule is asked. */
export function wellMade<M extends object>(messages: readonly M[]): M[] {
  const bad = messages.filter((one) => parseMessage(JSON.stringify(one)) === undefined);
  if (bad.length > 0) throw new Error(`malformed: ${JSON.stringify(bad.slice(0, 3))}`);
  return [...messages];
}
