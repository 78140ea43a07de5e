import { describe, expect, test, vi } from 'vitest';
import { isGenuine, type Signer, trustIn } from '../../shared/client/trust.ts';
import type { Trust } from '../../shared/link/link.ts';
import type { Participant } from '../../shared/protocol/relay-api.ts';
import { openSession } from '../../shared/session/session.ts';
import { person, rosterOf } from '../support/activity-desk.ts';
import { connectFake, fakeEnd } from '../support/link-pair.ts';

/** The key by which the relay checks what somebody signs is the one that their links show, or there is no link. */

const LOW = 'a'.repeat(32);
const HIGH = 'b'.repeat(32);
const [ANN, MIA, PIET] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [string, string, string];
const [ONE, OTHER] = ['k', 'l'].map((letter) => letter.repeat(87)) as [string, string];

/** Two ends connect; what `high` is to `low` is held against that. */
async function meeting(trust: (key: string) => Trust) {
  const high = await fakeEnd(HIGH, LOW, { kind: 'none' });
  const low = await fakeEnd(LOW, HIGH, trust(high.signingKey));
  const [one, other] = connectFake(LOW, HIGH);
  low.pair.adopt(one);
  high.pair.adopt(other);
  one.events?.open();
  other.events?.open();
  const settled = (done: () => void) =>
    vi.waitFor(() => {
      one.handOn();
      other.handOn();
      done();
    });
  return { low, high, one, settled };
}

describe('a link and the key that the relay names', () => {
  test('SE1 TC6 another key than the relay names: the link is refused and seen as such, and nobody is known by it', async () => {
    const { low, high, settled } = await meeting(() => ({ kind: 'none', named: ONE }));
    high.pair.add({ n: 1, seq: 1, text: 'hello' });
    await settled(() => expect(low.status()).toMatchObject({ state: 'lost', assurance: 'mismatch' }));
    expect(low.statuses.map(({ them }) => them)).toEqual([undefined]);
    expect(low.received).toEqual([]);
  });

  test('SE1 the key that the relay names proves nothing: the link is as without it', async () => {
    const { low, high, settled } = await meeting((named) => ({ kind: 'none', named }));
    await settled(() => expect(low.status()).toMatchObject({ state: 'live', assurance: 'not compared' }));
    expect(low.status()?.them?.signingKey).toBe(high.signingKey);
  });

  test('SE1 TC6 a live link is let go when the relay names another key, and what was introduced does not help', async () => {
    const { low, high, one, settled } = await meeting(() => ({ kind: 'none' }));
    await settled(() => expect(low.status()?.state).toBe('live'));
    const { them } = low.status() ?? {};
    if (!them) return expect.unreachable();
    low.pair.trust({ kind: 'introduced', identity: them, proven: true, named: high.signingKey });
    expect(low.status()?.assurance).toBe('proven');
    low.pair.trust({ kind: 'introduced', identity: them, proven: true, named: ONE });
    expect([low.status()?.assurance, one.alive]).toEqual(['mismatch', false]);
  });
});

/** Ann's page. */
const withKeys = (mias?: string, piets?: string) => {
  const key = (signingKey?: string): Partial<Participant> => (signingKey === undefined ? {} : { signingKey });
  const mia = { ...person(MIA, 'customer', 'Mia'), ...key(mias) };
  const people = [person(ANN, 'primary', 'Ann'), mia, { ...person(PIET, 'customer', 'Piet'), ...key(piets) }];
  return { mia, state: openSession(rosterOf(ANN, people), ANN), people };
};

test('TC6 a page holds every link against the key that the roster names, if it names one', async () => {
  const named = withKeys(ONE);
  expect(await trustIn(named.state, new Map(), named.mia, async () => undefined)).toEqual({ kind: 'none', named: ONE });
  const old = withKeys();
  expect(await trustIn(old.state, new Map(), old.mia, async () => undefined)).toEqual({ kind: 'none' });
});

test('TC6 SE1 who is introduced with another key than the roster names is not known by it, until the roster says so', async () => {
  const signer: Signer = { signingKey: OTHER, fingerprints: [], sign: async () => '', verify: async () => false };
  const heard = (piets?: string) => {
    const { people } = withKeys(OTHER, piets);
    const state = openSession(rosterOf(MIA, people), MIA);
    const about = { epoch: 1, to: MIA, who: PIET, signingKey: ONE, fingerprints: [], proven: true };
    return isGenuine(state, new Map(), signer, ANN, { v: 1, type: 'introduction', ...about });
  };
  expect(await heard(ONE)).toBe('yes');
  expect(await heard(OTHER)).toBe('unknown');
  expect(await heard()).toBe('yes'); // an older relay
});
