import { expect, test } from 'vitest';
import { concernOf, helperAwaySince } from '../../relay/site/concern.ts';
import { untilDecided } from '../../relay/site/knock.ts';
import { readRoute } from '../../relay/site/route.ts';
import { type KeptSeat, seatFor } from '../../relay/site/seat.ts';
import { endOf, follow } from '../../relay/site/visit.ts';
import { PersonName, type RelayEvent } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { sample } from '../site/gallery/sample.ts';
import { NOTHING_ON } from '../support/activities.ts';

const ID = 'ab'.repeat(16);
const KEY = 'k'.repeat(43);

test('JO3 an address says which page it is; a broken key is none, a broken id says so', () => {
  const read = (pathname: string, hash = '') => readRoute({ pathname, hash });
  expect(read('/')).toEqual({ is: 'home' });
  expect(read('/anything')).toEqual({ is: 'home' });
  expect(read('/support/')).toEqual({ is: 'support' });
  expect(read(`/j/${ID}`, `#${KEY}`)).toEqual({ is: 'invitation', id: ID, key: KEY });
  expect(read(`/j/${ID}`, '#cut')).toEqual({ is: 'invitation', id: ID, key: undefined });
  for (const cut of ['/j', '/j/', `/j/${ID.slice(1)}`, `/j/${ID}/more`]) expect(read(cut)).toEqual({ is: 'bad link' });
});

test('ST5 a link comes back to its own seat, the number page to the newest', () => {
  const seat = (id: string, keptAt: number, invitation?: string): KeptSeat => ({
    id,
    token: '',
    name: '',
    keptAt,
    ...(invitation ? { invitation } : {}),
  });
  const seats = [seat('old', 1, ID), seat('new', 3), seat('mid', 2)];
  expect(seatFor(seats, ID)?.id).toBe('old');
  expect(seatFor(seats, 'another')).toBeUndefined();
  expect(seatFor(seats, undefined)?.id).toBe('new');
});

test('JO4 a knock is decided by what the relay says, and an empty start is "not yet" only for who knocked', async () => {
  const after = async (events: RelayEvent[], knocked: boolean) => {
    async function* stream() {
      yield* events;
    }
    return untilDecided(stream(), knocked, () => undefined);
  };
  const ready: RelayEvent = { event: 'ready', data: {} };
  expect(await after([ready, { event: 'refused', data: {} }], true)).toEqual({ is: 'refused' });
  // Its page was away for longer than a reload takes.
  const out: RelayEvent = { event: 'out', data: { session: ID, why: 'left' } };
  expect(await after([out, ready], true)).toEqual({ is: 'refused' });
  expect(await after([{ event: 'replaced', data: {} }], true)).toEqual({ is: 'elsewhere' });
  expect(await after([ready], false)).toEqual({ is: 'nothing' });
  await expect(after([ready], true)).rejects.toMatchObject({ code: 'relay-unreachable' });
});

test('EN3 nobody is said to help while they are not connected, for whoever does not talk with them', () => {
  const primaryAway = { since: 5, lostAt: 60_005 };
  const away = { state: 'away', link: { is: 'lost', since: 5 } } as const;
  expect(helperAwaySince(sample({}, {}))).toBeUndefined();
  expect(helperAwaySince(sample({ primaryAway }, away))).toBe(5);
  expect(helperAwaySince(sample({ primaryAway }, { state: 'away' }))).toBeUndefined(); // the relay's word alone
  expect(helperAwaySince(sample({}, { link: { is: 'lost', since: 5 } }))).toBeUndefined(); // that has a notice
});

test('SE1 the worst about the connection comes first, and a live link is no concern', () => {
  expect(concernOf(sample({}, {}))).toEqual({ is: 'none' });
  expect(concernOf(sample({}, { state: 'away' }))).toEqual({ is: 'none' });
  expect(concernOf(sample({}, { link: { is: 'lost', since: 5 } }))).toMatchObject({ is: 'lost', since: 5 });
  expect(concernOf(sample({}, { state: 'away', link: { is: 'lost', since: 5 } }))).toMatchObject({ is: 'away' });
  expect(concernOf(sample({}, { state: 'gone' }))).toEqual({ is: 'nobody' });
  const asked = { id: 'f'.repeat(32), name: 'Bob', primary: 'Ann', until: 1 };
  const activities = { ...NOTHING_ON, takeover: { asked, mine: null } };
  expect(concernOf(sample({ activities }, { state: 'away', link: { is: 'lost', since: 0 } }))).toEqual({ is: 'none' });
  const offered = { since: 0, place: 1, nobody: false, keeper: true, name: undefined, acceptor: undefined };
  expect(concernOf(sample({ offered }, { role: 'assistant' }))).toEqual({ is: 'none' }); // TS5: it has its own notice
  expect(concernOf(sample({}, { state: 'gone', assurance: 'mismatch' }))).toMatchObject({ is: 'mismatch' });
});

test('EN1 a conversation has ended when its session says so, or when there is none to come back to', () => {
  const ended = { why: 'ended' as const, by: 'Ann', at: 1 };
  const snapshot = (relay: 'online' | 'signed out', sessions = [sample({}, {})]) => ({
    ...{ desk: 'Acme', site: '', me: 'Mia', modes: [], selected: undefined, availability: undefined, offers: [] },
    relay: { is: relay },
    sessions,
  });
  expect(endOf(snapshot('online'))).toBeUndefined();
  expect(endOf(snapshot('online', [sample({ phase: 'ended', ended }, {})]))).toEqual(ended);
  expect(endOf(snapshot('online', []))).toEqual({ why: 'unknown', by: undefined });
  expect(endOf(snapshot('signed out'))).toEqual({ why: 'unknown', by: undefined });
});

test('JO1 a visit goes only where its life leads: nobody is in a session without joining', () => {
  expect(() => follow({ is: 'support', link: undefined }, { is: 'waiting', since: 0, trouble: undefined })).toThrow();
  expect(() => follow({ is: 'over', why: 'bad link' }, { is: 'number', joining: { is: 'not yet' } })).toThrow();
  const number = { is: 'number', joining: { is: 'not yet' } } as const;
  expect(follow({ is: 'starting', trouble: undefined }, number)).toBe(number);
});

test('JO5 a name has something to see in it', () => {
  const isName = (name: string) => z.safeParse(PersonName, name).success;
  for (const name of ['Mia', '👩🏽‍💻', 'مریم', 'न', '李']) expect(isName(name), name).toBe(true);
  const unseen = ['\u200B', '\u2060\u2060', '\u3164', '\u2800', '\uFE0F', '\u{E0041}', ' \u200D '];
  for (const name of unseen) expect(isName(name), JSON.stringify(name)).toBe(false);
});

test('JO4 who comes back to a link whose knock was refused meanwhile is told so', () => {
  expect(follow({ is: 'starting', trouble: undefined }, { is: 'refused' })).toEqual({ is: 'refused' });
});
