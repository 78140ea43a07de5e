import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitment, compareCode, newNonce } from '../../shared/client/compare-code.ts';
import { ANN, BOB, MIA, SESSION } from '../support/compare-pages.ts';

const print = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':'));
const side = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{32}$/),
  nonce: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  identity: fc.record({
    signingKey: fc.stringMatching(/^[A-Za-z0-9_-]{87}$/),
    fingerprints: fc.array(print, { minLength: 1, maxLength: 4 }),
  }),
});

test('SE1 the code is six digits, the same at both sides in whatever order fingerprints are seen', async () => {
  await fc.assert(
    fc.asyncProperty(side, side, async (primary, guest) => {
      const code = await compareCode(SESSION, primary, guest);
      expect(code).toMatch(/^\d{6}$/);
      const turned = {
        ...guest,
        identity: { ...guest.identity, fingerprints: guest.identity.fingerprints.toReversed() },
      };
      expect(await compareCode(SESSION, primary, turned)).toBe(code);
    }),
  );
});

test('SE1 the code is another when anything that goes into it is', async () => {
  const primary = {
    id: ANN,
    identity: { signingKey: 'K'.repeat(87), fingerprints: ['AA', 'BB'] },
    nonce: 'n'.repeat(43),
  };
  const guest = { id: MIA, identity: { signingKey: 'L'.repeat(87), fingerprints: ['CC'] }, nonce: 'm'.repeat(43) };
  const changes = (one: typeof primary): (typeof primary)[] => [
    { ...one, id: BOB },
    { ...one, nonce: 'x'.repeat(43) },
    { ...one, identity: { ...one.identity, signingKey: 'M'.repeat(87) } },
    { ...one, identity: { ...one.identity, fingerprints: [...one.identity.fingerprints, 'DD'] } },
    { ...one, identity: { ...one.identity, fingerprints: ['DD'] } },
  ];
  const codes = await Promise.all([
    compareCode(SESSION, primary, guest),
    compareCode('f'.repeat(32), primary, guest),
    compareCode(SESSION, guest, primary),
    ...changes(primary).map((one) => compareCode(SESSION, one, guest)),
    ...changes(guest).map((one) => compareCode(SESSION, primary, one)),
  ]);
  expect(new Set(codes).size).toBe(codes.length);
});

test('SE1 every digit is as likely as any other, in every place', async () => {
  const blank = { id: ANN, identity: { signingKey: '', fingerprints: [] } };
  const codes = await Promise.all(
    Array.from({ length: 5000 }, (_, n) => compareCode(SESSION, { ...blank, nonce: `${n}` }, { ...blank, nonce: '' })),
  );
  for (let place = 0; place < 6; place++) {
    for (let digit = 0; digit < 10; digit++) {
      const found = codes.filter((code) => code[place] === String(digit)).length;
      expect(Math.abs(found - 500)).toBeLessThan(120); // over five standard deviations; the inputs are fixed
    }
  }
});

test('SE1 a commitment binds its nonce, the session and the two, and says nothing of the nonce', async () => {
  const nonce = newNonce();
  const committed = await commitment(SESSION, ANN, MIA, nonce);
  const others = [
    await commitment('f'.repeat(32), ANN, MIA, nonce),
    await commitment(SESSION, MIA, ANN, nonce),
    await commitment(SESSION, ANN, BOB, nonce),
    await commitment(SESSION, ANN, MIA, newNonce()),
  ];
  expect(new Set([committed, ...others, nonce]).size).toBe(6);
});
