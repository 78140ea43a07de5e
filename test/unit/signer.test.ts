import { expect, test } from 'vitest';
import { lineBytes, NO_LINES, nextLine } from '../../shared/activities/chat-lines.ts';
import { createSigner } from '../../shared/client/signer.ts';
import { makeSigningPair } from '../../shared/link/identity.ts';

async function signer() {
  const { pair, signingKey } = await makeSigningPair();
  return createSigner({ signingKey: pair.privateKey, public: { signingKey, fingerprints: [] } });
}

const line = nextLine(NO_LINES, {
  writer: 'a'.repeat(32),
  name: 'Mia',
  to: undefined,
  text: 'hi',
  at: 1_800_000_000_000,
});

test('SH3 a line that is passed on bears its writer’s signature, bound to the session', async () => {
  const mia = await signer();
  const signature = await mia.sign(lineBytes('session', line));
  const other = await signer();
  expect(await other.verify(mia.signingKey, lineBytes('session', line), signature)).toBe(true);
  expect(await other.verify(mia.signingKey, lineBytes('elsewhere', line), signature)).toBe(false);
  expect(await other.verify(mia.signingKey, lineBytes('session', { ...line, text: 'ho' }), signature)).toBe(false);
  expect(await other.verify(other.signingKey, lineBytes('session', line), signature)).toBe(false);
  expect(await other.verify('no key', lineBytes('session', line), signature)).toBe(false);
});
