import { expect, test } from 'vitest';
import { commitment, newNonce } from '../../shared/client/compare-code.ts';
import { parseMessage } from '../../shared/session/message.ts';
import {
  ANN,
  anIdentity,
  BOB,
  type CompareMessage,
  linked,
  MIA,
  only,
  PIET,
  pageOf,
  SESSION,
  talk,
} from '../support/compare-pages.ts';

/** The relay in between, with an identity of its own towards each. */
async function between() {
  const [ann, mia, evil] = [pageOf(ANN), pageOf(MIA), await anIdentity()];
  ann.sees(MIA, evil);
  mia.sees(ANN, evil);
  return { ann, mia, evil };
}

test('SE1 a relay in between that passes all on shows each side another code', async () => {
  const { ann, mia } = await between();
  await ann.starts(MIA);
  await talk(ann, mia);
  expect(ann.code(MIA)).toMatch(/^\d{6}$/);
  expect(mia.code(ANN)).toMatch(/^\d{6}$/);
  expect(mia.code(ANN)).not.toBe(ann.code(MIA));
});

test('SE1 a relay in between has to commit before it hears the guest, and to answer before it hears the primary', async () => {
  const { ann, mia } = await between();
  await ann.starts(MIA);
  const commit = only(ann.takesOut());
  if (commit.type !== 'compare.commit') throw new Error('no commitment');
  // Towards the customer it plays the primary, with a nonce of its own.
  const own = newNonce();
  const forged = { ...commit, commit: await commitment(SESSION, ANN, MIA, own) };
  expect(await mia.hears(ANN, forged)).toBe(true);
  const answer = only(mia.takesOut());
  if (answer.type !== 'compare.answer') throw new Error('no answer');
  // It could now reckon the customer's code for any nonce it likes: none but the committed one is taken.
  for (let n = 0; n < 20; n++) {
    expect(await mia.hears(ANN, { ...forged, type: 'compare.reveal', nonce: newNonce() } as CompareMessage)).toBe(
      false,
    );
  }
  expect(mia.code(ANN)).toBeUndefined();
  // The primary has said nothing that its nonce could be found by, until it has the only answer it takes.
  expect(JSON.stringify(ann.state.activities.compare)).not.toContain('nonce');
  expect(await ann.hears(MIA, { ...answer, nonce: newNonce() })).toBe(true);
  expect(only(ann.takesOut()).type).toBe('compare.reveal');
  expect(await ann.hears(MIA, { ...answer, nonce: newNonce() })).toBe(false);
  const reveal: CompareMessage = { v: 1, type: 'compare.reveal', id: commit.id, to: MIA, nonce: own };
  expect(await mia.hears(ANN, reveal)).toBe(true);
  const [annsCode, miasCode] = [ann.code(MIA), mia.code(ANN)];
  expect(miasCode).toMatch(/^\d{6}$/);
  expect(miasCode).not.toBe(annsCode);
  // Nor is there a second way to say it.
  expect(await mia.hears(ANN, { ...reveal, nonce: newNonce() })).toBe(false);
  expect([ann.code(MIA), mia.code(ANN)]).toEqual([annsCode, miasCode]);
});

test('SE1 a relay cannot try again by itself: after the first, each attempt takes a press of the guest', async () => {
  const { mia } = await between();
  const tries: CompareMessage[] = [];
  for (let n = 0; n < 30; n++) {
    const id = n.toString(16).padStart(32, '0');
    const commit = await commitment(SESSION, ANN, MIA, newNonce());
    expect(await mia.hears(ANN, { v: 1, type: 'compare.commit', id, to: MIA, joinedAt: 1, commit })).toBe(true);
    tries.push(...mia.takesOut());
    await mia.reloads(); // nor does a reload forget
    mia.takesOut();
  }
  expect(tries).toHaveLength(1);
  await mia.again(ANN);
  expect(mia.takesOut().map(({ type }) => type)).toEqual(['compare.answer']);
});

test('SE1 nor does an interrupted attempt of the primary begin anew without a press', async () => {
  const { ann } = await between();
  await ann.starts(MIA);
  ann.takesOut();
  for (let n = 0; n < 5; n++) {
    ann.sees(MIA, await anIdentity());
    await ann.settled();
    await ann.reloads();
  }
  expect(ann.takesOut().map(({ type }) => type)).toEqual(['compare.result']); // that it is over
});

test('SE1 what is said twice, out of turn, of another attempt or by another is refused', async () => {
  const { ann, other: mia } = linked();
  await ann.starts(MIA);
  const commit = only(ann.takesOut());
  if (commit.type !== 'compare.commit') throw new Error('no commitment');
  const about = { v: 1, id: commit.id } as const;
  const nonce = newNonce();
  const early: CompareMessage[] = [
    { ...about, type: 'compare.reveal', to: MIA, nonce },
    { ...about, type: 'compare.result', to: MIA, is: 'matches' },
  ];
  for (const message of early) expect(await mia.hears(ANN, message)).toBe(false);
  for (const [from, to] of [
    [BOB, ANN],
    [PIET, ANN],
    [MIA, BOB],
  ] as const) {
    expect(await ann.hears(from, { ...about, type: 'compare.answer', to, nonce })).toBe(false);
  }
  expect(await ann.hears(MIA, { ...about, type: 'compare.result', to: ANN, is: 'matches' })).toBe(false);
  expect(await ann.hears(MIA, { ...about, id: 'f'.repeat(32), type: 'compare.answer', to: ANN, nonce })).toBe(false);
  // Only the primary begins, with who is in now; and no page believes another about itself.
  for (const from of [BOB, PIET]) expect(await mia.hears(from, commit)).toBe(false);
  expect(await ann.hears(MIA, { ...commit, to: ANN })).toBe(false);
  expect(await mia.hears(ANN, { ...commit, joinedAt: 7 })).toBe(false);
  const them = { signingKey: 'A'.repeat(87), fingerprints: [...mia.signer.fingerprints] };
  const theirOwn: CompareMessage[] = [
    { ...about, type: 'compare.go', to: MIA, joinedAt: 1 },
    { ...about, type: 'compare.code', to: MIA, code: '123456', them },
    { v: 1, type: 'compare.reminded', to: MIA },
  ];
  for (const message of theirOwn) expect(await mia.hears(ANN, message)).toBe(false);

  expect(await mia.hears(ANN, commit)).toBe(true);
  expect(await mia.hears(ANN, commit)).toBe(false);
  const answer = only(mia.takesOut());
  expect(await ann.hears(MIA, answer)).toBe(true);
  expect(await ann.hears(MIA, answer)).toBe(false);
  const reveal = only(ann.takesOut());
  expect(await mia.hears(ANN, reveal)).toBe(true);
  expect(await mia.hears(ANN, reveal)).toBe(false);
  expect(mia.code(ANN)).toBe(ann.code(MIA));
  for (const text of ['{"v":1,"type":"compare.code"}', '{"v":2,"type":"compare.reminded"}', '{"type":"compare.x"}']) {
    expect(parseMessage(text)).toBeUndefined();
  }
});
