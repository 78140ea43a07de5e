import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { fingerprintsOf } from '../../shared/link/fingerprints.ts';
import { encode, type Hello, type Proof } from '../../shared/link/frames.ts';
import { makeSigningPair } from '../../shared/link/identity.ts';
import { importInvitationKey, newInvitationKey } from '../../shared/link/invitation-key.ts';
import type { Trust } from '../../shared/link/link.ts';
import { judge, type Prover, prove, type Shown, type Side, verify } from '../../shared/link/proof.ts';

const id = (digit: string) => digit.repeat(32);
const print = (pair: string) => Array.from({ length: 32 }, () => pair).join(':');
const SESSION = id('5');

interface End {
  side: Side;
  hello: Hello;
  signingKey: CryptoKey;
}
async function end(name: string, fingerprint: string, trust: Trust['kind']): Promise<End> {
  const { pair, signingKey: key } = await makeSigningPair();
  const hello: Hello = {
    t: 'hello',
    v: 1,
    session: SESSION,
    key,
    fingerprints: [fingerprint],
    nonce: id('e'),
    page: id('f'),
    trust,
    life: id('d'),
    received: 7,
    needs: true,
  };
  return { side: { id: name, hello: encode(hello), fingerprints: [fingerprint] }, hello, signingKey: pair.privateKey };
}

let invitation: Trust;
let other: Trust;
let ann: End;
let bob: End;
let sent: Proof;

beforeAll(async () => {
  invitation = { kind: 'invitation', key: await importInvitationKey(newInvitationKey()), required: true };
  other = { kind: 'invitation', key: await importInvitationKey(newInvitationKey()), required: true };
  ann = await end(id('1'), print('AA'), 'invitation');
  bob = await end(id('2'), print('BB'), 'invitation');
  sent = await prove(proverOf(ann, bob, invitation));
});

const proverOf = (from: End, to: End, trust: Trust): Prover => ({
  session: SESSION,
  own: from.side,
  theirs: to.side,
  signingKey: from.signingKey,
  trust,
});

test('SE1 a proof holds for exactly what both sides said and saw', async () => {
  const shown = await verify(proverOf(bob, ann, invitation), ann.hello, sent);
  expect(shown).toEqual({ them: { signingKey: ann.hello.key, fingerprints: [print('AA')] }, key: 'right' });
});

/** Flips bit `at` (counted over the whole) of a text, within the seven bits of its characters. */
function flip(text: string, at: number): string {
  const index = Math.floor(at / 7) % text.length;
  const code = text.charCodeAt(index) ^ (1 << (at % 7));
  return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
}

test('SE1 one bit changed in any part, and the proof fails', async () => {
  const parts = ['session', 'id a', 'id b', 'hello a', 'hello b', 'print a', 'print b', 'signature', 'mac'] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...parts), fc.nat(10_000), async (part, at) => {
      const given = proverOf(bob, ann, invitation);
      const changed = (side: Side, what: 'id' | 'hello' | 'print'): Side => ({
        id: what === 'id' ? flip(side.id, at) : side.id,
        hello: what === 'hello' ? flip(side.hello, at) : side.hello,
        fingerprints: what === 'print' ? side.fingerprints.map((one) => flip(one, at)) : side.fingerprints,
      });
      let proof = sent;
      let hello = ann.hello;
      if (part === 'session') {
        given.session = flip(SESSION, at);
        hello = { ...hello, session: given.session };
      }
      if (part === 'id a') given.theirs = changed(given.theirs, 'id');
      if (part === 'id b') given.own = changed(given.own, 'id');
      if (part === 'hello a') given.theirs = changed(given.theirs, 'hello');
      if (part === 'hello b') given.own = changed(given.own, 'hello');
      if (part === 'print a') {
        given.theirs = changed(given.theirs, 'print');
        hello = { ...hello, fingerprints: [...given.theirs.fingerprints] }; // as a relay in between would have it
      }
      if (part === 'print b') given.own = changed(given.own, 'print');
      // The first characters of base64url carry no padding bits.
      const letter = (text: string) => (text[at % 40] === 'A' ? 'B' : 'A');
      const put = (text: string) => text.slice(0, at % 40) + letter(text) + text.slice((at % 40) + 1);
      if (part === 'signature') proof = { ...sent, signature: put(sent.signature) };
      if (part === 'mac') proof = { ...sent, mac: put(sent.mac ?? '') };
      expect(await verify(given, hello, proof)).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

test('SE1 a proof sent back to its maker, or made with another key, fails', async () => {
  const reflected = await prove(proverOf(bob, ann, invitation));
  expect(await verify(proverOf(bob, ann, invitation), ann.hello, reflected)).toBeUndefined();
  const wrongKey = await prove(proverOf(ann, bob, other));
  expect(await verify(proverOf(bob, ann, invitation), ann.hello, wrongKey)).toBeUndefined();
  const wrongSigner = await prove({ ...proverOf(ann, bob, invitation), signingKey: bob.signingKey });
  expect(await verify(proverOf(bob, ann, invitation), ann.hello, wrongSigner)).toBeUndefined();
});

test('SE1 who claims the key must show it; who does not is let in only where that is allowed', async () => {
  const { mac: _, ...without } = sent;
  expect(await verify(proverOf(bob, ann, invitation), ann.hello, without)).toBeUndefined();
  const keyless = await end(id('3'), print('CC'), 'none');
  const proof = await prove(proverOf(keyless, bob, { kind: 'none' }));
  const shown = await verify(proverOf(bob, keyless, invitation), keyless.hello, proof);
  expect(shown?.key).toBe('absent');
  if (!shown || invitation.kind !== 'invitation') return expect.unreachable();
  expect(judge(invitation, shown)).toBe('mismatch');
  expect(judge({ ...invitation, required: false }, shown)).toBe('not compared');
});

test('SE1 an introduction is held against key and certificates exactly, and is proven only with both legs', () => {
  const them = { signingKey: 'k', fingerprints: [print('AA')] };
  const shown: Shown = { them, key: 'not asked' };
  expect(judge({ kind: 'introduced', identity: them, proven: true }, shown)).toBe('proven');
  expect(judge({ kind: 'introduced', identity: them, proven: false }, shown)).toBe('not compared');
  for (const identity of [
    { ...them, signingKey: 'l' },
    { ...them, fingerprints: [print('AB')] },
    { ...them, fingerprints: [print('AA'), print('AB')] },
    { ...them, fingerprints: [] },
  ]) {
    expect(judge({ kind: 'introduced', identity, proven: true }, shown)).toBe('mismatch');
  }
  expect(judge({ kind: 'none' }, { them, key: 'right' })).toBe('not compared');
});

test('SE1 a description with a second fingerprint gives a larger set, and one by another hash gives none', () => {
  const line = (hash: string, value: string) => `a=fingerprint:${hash} ${value}\r\n`;
  const one = line('sha-256', print('ab'));
  expect(fingerprintsOf(`v=0\r\n${one}${one}`)).toEqual([print('AB')]);
  expect(fingerprintsOf(`${one}${line('SHA-256', print('CD'))}`)).toEqual([print('AB'), print('CD')]);
  expect(fingerprintsOf(`${one}${line('sha-1', 'AB:CD')}`)).toBeUndefined();
  expect(fingerprintsOf(`${one}a=fingerprint:sha-512  ${print('AB')}\r\n`)).toBeUndefined();
  expect(fingerprintsOf('v=0')).toBeUndefined();
});

test('JO3 an invitation key is 256 bits and what is not one is refused', async () => {
  expect(newInvitationKey()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((await importInvitationKey(newInvitationKey())).extractable).toBe(false);
  await expect(importInvitationKey('short')).rejects.toThrow();
});
