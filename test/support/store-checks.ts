import type { LinkStore } from '../../shared/link/store.ts';

/**
 * What every link store must do. No test framework in here: the checks run in Node against the store in memory, and in
 * real browsers against the one in IndexedDB. Each throws when it finds a fault.
 */
function same(got: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}
const one = '1'.repeat(32);
const two = '2'.repeat(32);

type Check = (store: LinkStore, session: string) => Promise<void>;

export const STORE_CHECKS: Record<string, Check> = {
  'RE1 a session has one life until it is forgotten': async (store, session) => {
    const { life, entries, peers } = await store.open(session);
    same(/^[0-9a-f]{32}$/.test(life), true, 'a life');
    same([entries, peers], [[], []], 'an empty session');
    same((await store.open(session)).life, life, 'the same life');
    await store.post(session, 'me', 'text', ['ann']);
    await store.forget(session);
    const again = await store.open(session);
    same(again.life === life, false, 'another life');
    same([again.entries, again.peers], [[], []], 'nothing left');
  },
  'RE1 a post is one entry of the journal and a number for each peer': async (store, session) => {
    await store.post(session, 'me', 'first', ['ann']);
    const { entry, numbers } = await store.post(session, 'me', 'second', ['ann', 'bob']);
    same([entry.seq, entry.from, entry.text], [2, 'me', 'second'], 'the entry');
    same(
      numbers,
      [
        { peer: 'ann', n: 2 },
        { peer: 'bob', n: 1 },
      ],
      'the numbers',
    );
    const { peers, entries } = await store.open(session);
    same(
      entries.map(({ seq, text }) => [seq, text]),
      [
        [1, 'first'],
        [2, 'second'],
      ],
      'the journal',
    );
    same(
      peers.map(({ peer, sent, waiting }) => ({ peer, sent, waiting })),
      [
        {
          peer: 'ann',
          sent: 2,
          waiting: [
            { n: 1, seq: 1, text: 'first' },
            { n: 2, seq: 2, text: 'second' },
          ],
        },
        { peer: 'bob', sent: 1, waiting: [{ n: 1, seq: 2, text: 'second' }] },
      ],
      'what waits',
    );
  },
  'RE1 what is received is the cursor: only the next number of the known life is taken': async (store, session) => {
    same(await store.receive(session, 'ann', one, 1, 'unknown'), undefined, 'before the meeting');
    await store.meet(session, 'ann', one);
    same(await store.receive(session, 'ann', one, 2, 'gap'), undefined, 'a gap');
    same(await store.receive(session, 'ann', two, 1, 'other'), undefined, 'another life');
    same((await store.receive(session, 'ann', one, 1, 'text'))?.seq, 1, 'the next');
    same(await store.receive(session, 'ann', one, 1, 'text'), undefined, 'again');
    const { entries, peers } = await store.open(session);
    same(
      entries.map(({ from, text }) => [from, text]),
      [['ann', 'text']],
      'the journal',
    );
    same(
      peers.map(({ life, received }) => [life, received]),
      [[one, 1]],
      'the cursor',
    );
  },
  'RE1 only what is not acknowledged waits': async (store, session) => {
    for (const text of ['1', '2', '3']) await store.post(session, 'me', text, ['ann', 'bob']);
    await store.acknowledge(session, 'ann', 2);
    const { peers, entries } = await store.open(session);
    same(
      peers.map(({ waiting }) => waiting.map(({ n }) => n)),
      [[3], [1, 2, 3]],
      'what waits',
    );
    same(entries.length, 3, 'the journal stays');
  },
  'RE1 to a peer with another life, what waits is numbered anew and the cursor goes back': async (store, session) => {
    await store.meet(session, 'ann', one);
    await store.receive(session, 'ann', one, 1, 'theirs');
    for (const text of ['1', '2', '3']) await store.post(session, 'me', text, ['ann']);
    await store.acknowledge(session, 'ann', 1);
    same(
      (await store.meet(session, 'ann', one)).waiting.map(({ n }) => n),
      [2, 3],
      'the same life',
    );
    const met = await store.meet(session, 'ann', two);
    same([met.received, met.sent], [0, 2], 'the numbers');
    same(
      met.waiting.map(({ n, text }) => [n, text]),
      [
        [1, '2'],
        [2, '3'],
      ],
      'what waits',
    );
    same((await store.post(session, 'me', '4', ['ann'])).numbers, [{ peer: 'ann', n: 3 }], 'the next');
    same((await store.receive(session, 'ann', two, 1, 'new'))?.text, 'new', 'received');
  },
  'SE1 that a peer has shown the key stays known': async (store, session) => {
    await store.meet(session, 'ann', one);
    await store.trust(session, 'ann');
    same((await store.meet(session, 'ann', two)).trusted, true, 'trusted');
    same(
      (await store.open(session)).peers.map(({ trusted }) => trusted),
      [true],
      'trusted',
    );
  },
  'RE1 old sessions are deleted on request, others stay': async (store, session) => {
    await store.post(session, 'me', 'text', []);
    same((await store.forgetOlder(0)).includes(session), false, 'deleted');
    same((await store.open(session)).entries.length, 1, 'the journal');
    same((await store.forgetOlder(Date.now() + 1)).includes(session), true, 'deleted');
    same((await store.open(session)).entries.length, 0, 'the journal');
  },
  'RE1 posts and receipts at the same time get numbers of their own': async (store, session) => {
    await store.meet(session, 'ann', one);
    const posts = Array.from({ length: 20 }, (_, n) => store.post(session, 'me', String(n), ['ann']));
    const receipts = [1, 1, 1].map((n) => store.receive(session, 'ann', one, n, 'once'));
    await Promise.all([...posts, ...receipts]);
    const { entries, peers } = await store.open(session);
    same(
      entries.map(({ seq }) => seq),
      Array.from({ length: 21 }, (_, n) => n + 1),
      'the journal',
    );
    same(
      peers[0]?.waiting.map(({ n }) => n),
      Array.from({ length: 20 }, (_, n) => n + 1),
      'what waits',
    );
  },
};
