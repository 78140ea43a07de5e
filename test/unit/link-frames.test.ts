import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, decodeBeforeProof, encode, FRAME_BYTES, type Frame, type Hello } from '../../shared/link/frames.ts';
import { KEPT_BYTES } from '../../shared/link/link.ts';

const text = fc.string({ unit: 'binary', maxLength: 2000 }).map((any) => any.toWellFormed());
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ t: fc.constant('kept' as const), n: fc.nat(), text }),
  fc.record({ t: fc.constant('pass' as const), text }),
  fc.record({ t: fc.constant('media' as const), is: fc.constantFrom('offer' as const, 'answer' as const), text }),
  fc.record({ t: fc.constantFrom('ack' as const), n: fc.nat() }),
  fc.record({ t: fc.constantFrom('use' as const, 'using' as const), e: fc.nat() }),
  fc.constantFrom({ t: 'ping' as const }, { t: 'pong' as const }),
  fc.record({
    t: fc.constant('ice' as const),
    candidate: fc.record({
      candidate: fc.string({ maxLength: 200 }),
      sdpMid: fc.option(fc.string({ maxLength: 10 })),
      sdpMLineIndex: fc.option(fc.nat(3)),
      usernameFragment: fc.option(fc.string({ maxLength: 10 })),
    }),
  }),
);

const HEX = 'a'.repeat(32);
const hello: Hello = {
  t: 'hello',
  v: 1,
  session: HEX,
  key: 'A'.repeat(87),
  fingerprints: [Array.from({ length: 32 }, () => 'AB').join(':')],
  nonce: HEX,
  page: HEX,
  trust: 'invitation',
  life: HEX,
  received: 0,
  needs: true,
};
const proof = { t: 'proof' as const, signature: 'A'.repeat(86), mac: 'A'.repeat(43) };

test('RE1 every frame comes back as it was sent', () => {
  fc.assert(
    fc.property(frame, (sent) => {
      expect(decode(encode(sent))).toEqual(sent);
    }),
  );
});

test('SE1 whatever arrives, the codec never throws and lets through only what it knows', () => {
  const known = ['kept', 'pass', 'ack', 'use', 'using', 'ping', 'pong', 'ice', 'media'];
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.anything(),
    fc.uint8Array(),
    fc
      .record({ t: fc.constantFrom(...known), n: fc.anything(), e: fc.anything() })
      .map((it) => JSON.stringify(it, safe)),
  );
  fc.assert(
    fc.property(anything, (data) => {
      const got = decode(data);
      if (got) expect(known).toContain(got.t);
      const early = decodeBeforeProof(data);
      if (early) expect(['hello', 'proof']).toContain(early.t);
    }),
    { numRuns: 2000 },
  );
});
const safe = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

test('SE1 before the proof only hello and proof pass, after it neither', () => {
  expect(decodeBeforeProof(encode(hello))).toEqual(hello);
  expect(decodeBeforeProof(encode(proof))).toEqual(proof);
  fc.assert(
    fc.property(frame, (sent) => {
      expect(decodeBeforeProof(encode(sent))).toBeUndefined();
    }),
  );
  expect(decode(encode(hello))).toBeUndefined();
  expect(decode(encode(proof))).toBeUndefined();
});

test('SE1 no frame reaches a prototype', () => {
  for (const header of [
    '{"t":"ack","n":1,"__proto__":{"evil":1}}',
    '{"t":"ack","n":1,"constructor":{"prototype":{}}}',
  ]) {
    const got = decode(header);
    expect(got).toEqual({ t: 'ack', n: 1 });
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
  }
  expect('evil' in {}).toBe(false);
  expect(decode('{"__proto__":{"t":"ping"}}')).toBeUndefined();
});

test('SE1 a frame is bounded in bytes, whatever the script', () => {
  expect(decode(`{"t":"pass"}\n${'a'.repeat(FRAME_BYTES)}`)).toBeUndefined();
  expect(decode(`{"t":"pass"}\n${'€'.repeat(KEPT_BYTES / 3 + 1)}`)).toBeUndefined();
  expect(decode(`{"t":"pass"}\n${'€'.repeat(KEPT_BYTES / 3)}`)).toBeDefined();
  expect(decode(`{"t":"ping","x":"${'a'.repeat(5000)}"}`)).toBeUndefined();
  expect(decode('['.repeat(4000))).toBeUndefined();
  expect(() => encode({ t: 'pass', text: '€'.repeat(KEPT_BYTES / 3 + 1) })).toThrow(RangeError);
  // SH3: 10,000 characters of any script, in JSON, fit.
  expect(JSON.stringify({ text: '👩'.repeat(10_000) }).length).toBeLessThan(KEPT_BYTES);
});
