import { describe, expect, test } from 'vitest';
import { introductionsDue } from '../../shared/client/introductions.ts';
import { trustIn } from '../../shared/client/trust.ts';
import { permits, reachable } from '../../shared/session/session.ts';
import {
  ANN,
  BOB,
  identityOf,
  linked,
  MIA,
  only,
  PEOPLE,
  PIET,
  pageOf,
  SESSION,
  shown,
  someone,
  talk,
} from '../support/compare-pages.ts';

describe('two people compare', () => {
  test.each([
    ['customer', MIA],
    ['assistant', BOB],
  ])(
    'SE1 both see the same digits, and both pressing Matches makes each the other’s only self: primary and %s',
    async (_, guest) => {
      const { ann, other } = await shown(guest);
      expect(ann.code(guest)).toMatch(/^\d{6}$/);
      expect(other.code(ANN)).toBe(ann.code(guest));
      await other.says(ANN, 'matches');
      await talk(ann, other);
      for (const [page, peer] of [
        [ann, guest],
        [other, ANN],
      ] as const)
        expect(page.compared(peer)).toBeUndefined();
      await ann.says(guest, 'matches');
      await talk(ann, other);
      for (const [page, peer] of [
        [ann, guest],
        [other, ANN],
      ] as const) {
        const { signingKey, fingerprints } = identityOf(peer);
        expect(page.compared(peer)).toEqual({ signingKey, fingerprints });
        await page.reloads(); // it is in the journal
        expect(page.trusts).toBeGreaterThan(0);
        const person = PEOPLE.find(({ id }) => id === peer);
        if (!person) throw new Error('nobody');
        const trust = await trustIn(page.state, new Map(), person, async () => undefined);
        expect(trust).toEqual({ kind: 'introduced', identity: { signingKey, fingerprints }, proven: true });
      }
    },
  );

  test('SE1 an invitation’s key that the guest has not shown gives way to what was compared', async () => {
    const { ann, other } = await shown();
    for (const page of [ann, other]) await page.says(page === ann ? MIA : ANN, 'matches');
    await talk(ann, other);
    const invited = { ...someone(MIA, 'customer'), invitation: 'f'.repeat(32) };
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    expect((await trustIn(ann.state, new Map(), invited, async () => key))?.kind).toBe('introduced');
  });

  test('SE1 an introduction is proven when both its legs are, the compared one too', async () => {
    const { ann } = await shown();
    const status = (id: string, assurance: 'proven' | 'not compared') =>
      [id, { state: 'live', since: 0, assurance, them: identityOf(id) }] as const;
    const proven = (mias: 'proven' | 'not compared') =>
      introductionsDue(ann.state, new Map([status(BOB, 'proven'), status(MIA, mias)]), new Set()).map(
        (one) => one.proven,
      );
    expect(proven('not compared')).toEqual([false, false]);
    expect(proven('proven')).toEqual([true, true]);
  });

  test('SE1 two guests are compared at once, each for themselves', async () => {
    const ann = pageOf(ANN);
    const { other: mia } = linked(MIA, ann);
    const { other: bob } = linked(BOB, ann);
    await ann.starts(MIA);
    await ann.starts(BOB);
    for (let calm = false; !calm; ) {
      const all = [ann, mia, bob].flatMap((page) => page.takesOut().map((message) => ({ page, message })));
      for (const { page, message } of all) {
        await [ann, mia, bob].find(({ me }) => me === message.to)?.hears(page.me, message);
      }
      calm = all.length === 0;
    }
    expect(mia.code(ANN)).toBe(ann.code(MIA));
    expect(bob.code(ANN)).toBe(ann.code(BOB));
    expect(ann.code(MIA)).not.toBe(ann.code(BOB));
    await bob.says(ANN, 'differs');
    await ann.hears(BOB, only(bob.takesOut()));
    expect(ann.life(BOB)).toEqual({ is: 'differs', mine: false });
    expect(ann.code(MIA)).toBe(mia.code(ANN));
  });

  test('SE1 Does not match at either side ends it at both: nothing passes, in either direction', async () => {
    for (const doubter of ['primary', 'guest']) {
      const { ann, other } = await shown();
      await (doubter === 'primary' ? ann.says(MIA, 'differs') : other.says(ANN, 'differs'));
      await talk(ann, other);
      expect(reachable(ann.state)).toEqual([BOB, PIET]);
      expect(reachable(other.state)).toEqual([]); // whoever doubts the primary doubts all whom it introduced
      const left = { v: 1, type: 'left' } as const;
      expect(permits(ann.state, MIA, left)).toBe(false);
      expect(permits(other.state, BOB, left)).toBe(false);
      expect(permits(ann.state, BOB, left)).toBe(true);
      await expect(ann.starts(MIA)).rejects.toThrow('not permitted');
      await ann.reloads();
      expect(reachable(ann.state)).toEqual([BOB, PIET]);
    }
  });

  test('SE1 who left and came again has compared nothing, and is not shut out', async () => {
    for (const is of ['matches', 'differs'] as const) {
      const { ann, other } = await shown(BOB);
      await other.says(ANN, is);
      await talk(ann, other);
      if (is === 'matches') await ann.says(BOB, is);
      expect(ann.compared(BOB) !== undefined).toBe(is === 'matches');
      ann.roster(PEOPLE.map((one) => (one.id === BOB ? { ...one, joinedAt: 2 } : one)));
      expect(ann.compared(BOB)).toBeUndefined();
      expect(reachable(ann.state)).toContain(BOB);
      await ann.reloads();
      expect(ann.compared(BOB)).toBeUndefined();
      await ann.starts(BOB);
      expect(ann.life(BOB)?.is).toBe('asked');
    }
  });
});

describe('what interrupts it', () => {
  test('SE1 a reload in the middle, at either side and every step, ends the attempt; a new one takes new nonces', async () => {
    for (const step of ['primary, committed', 'guest, answered', 'guest, when the primary has revealed']) {
      const { ann, other } = linked();
      await ann.starts(MIA);
      const commit = only(ann.takesOut());
      await other.hears(ANN, commit);
      if (step.includes('revealed')) await ann.hears(MIA, only(other.out));
      await (step.startsWith('primary') ? ann : other).reloads();
      await talk(ann, other);
      for (const one of [ann, other]) expect(one.life(one === ann ? MIA : ANN)?.is).toBe('over');
      await ann.starts(MIA);
      const next = only(ann.out);
      expect(next.type === 'compare.commit' && commit.type === 'compare.commit' && next.commit !== commit.commit).toBe(
        true,
      );
      await talk(ann, other);
      await other.again(ANN);
      await talk(ann, other);
      expect(other.code(ANN)).toMatch(/^\d{6}$/);
      expect(other.code(ANN)).toBe(ann.code(MIA));
    }
  });

  test('SE1 a code once shown is shown again after a reload, and so is what was pressed', async () => {
    const { ann, other } = await shown();
    const code = ann.code(MIA);
    await ann.says(MIA, 'matches');
    await ann.reloads();
    await other.reloads();
    expect([ann.code(MIA), other.code(ANN)]).toEqual([code, code]);
    await talk(ann, other);
    await other.says(ANN, 'matches');
    await talk(ann, other);
    expect(ann.compared(MIA)).toBeDefined();
    expect(other.compared(ANN)).toBeDefined();
  });

  test('SE1 Matches that arrives together with the reveal counts', async () => {
    const { ann, other } = linked();
    await ann.starts(MIA);
    await other.hears(ANN, only(ann.takesOut()));
    await ann.hears(MIA, only(other.takesOut()));
    await ann.says(MIA, 'matches');
    for (const message of ann.takesOut()) expect(await other.takes(ANN, message)).toBe(true);
    await other.settled();
    await other.says(ANN, 'matches');
    expect(other.compared(ANN)).toBeDefined();
  });

  test('SE1 when the link leads to somebody else meanwhile, the attempt is over', async () => {
    for (const steps of ['committed', 'shown', 'pressed']) {
      const { ann, other } = linked();
      await ann.starts(MIA);
      if (steps !== 'committed') await talk(ann, other);
      if (steps === 'pressed') await ann.says(MIA, 'matches');
      ann.sees(MIA, identityOf(PIET));
      await ann.settled();
      expect(ann.life(MIA)?.is).toBe('over');
    }
  });

  test('SE1 the agent stops comparing: the guest’s digits go, and nothing is compared', async () => {
    const { ann, other } = await shown();
    await other.says(ANN, 'matches');
    await ann.says(MIA, 'over');
    await talk(ann, other);
    expect([ann.life(MIA)?.is, other.life(ANN)?.is]).toEqual(['over', 'over']);
    await expect(other.says(ANN, 'matches')).rejects.toThrow('not permitted');
  });

  test('SE1 a reminder is given once, and that is kept', async () => {
    const ann = pageOf(ANN);
    await ann.does({ type: 'compare.reminded', session: SESSION, who: MIA });
    await ann.reloads();
    expect(ann.state.activities.compare.reminded).toEqual([MIA]);
    expect(ann.out).toEqual([]);
  });
});
