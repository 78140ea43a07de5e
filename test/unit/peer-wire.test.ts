import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, passedOn, readFrame } from '../../relay/signalling/peer-wire.ts';

const SRC = 'a'.repeat(32);
const DST = 'b'.repeat(32);
const type = fc.constantFrom('OFFER', 'ANSWER', 'CANDIDATE');
const payload = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));

/** What the page at the other end would make of it; `undefined` if nothing. */
function arrives(text: string): unknown {
  const frame = readFrame(Buffer.from(text));
  if (frame.is !== 'pass') return undefined;
  try {
    return JSON.parse(bytesOf(passedOn(frame, SRC)).toString());
  } catch {
    return null; // PeerJS drops what does not parse
  }
}

test('SE2 whatever two pages say to each other arrives as it was, from who sent it', () => {
  fc.assert(
    fc.property(type, payload, (kind, content) => {
      const sent = JSON.stringify({ type: kind, payload: content, dst: DST });
      expect(arrives(sent)).toEqual({ type: kind, src: SRC, dst: DST, payload: JSON.parse(JSON.stringify(content)) });
    }),
  );
});

test('SE2 whatever is put into a frame, it cannot say who it is from, what it is, or carry no payload', () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...['{', '}', '[', ']', '"', '\\', ',', ':', '"src":"x"', '"type":"LEAVE"', '"payload":null', '"a"', '{}', ' '],
      ...['},"dst":"', `"dst":"${'c'.repeat(32)}"`, '"payload":{', '\u2028', '\\"'],
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(type, pieces, (kind, inside) => {
      const sent = `{"type":"${kind}","payload":{${inside.join('')}},"dst":"${DST}"}`;
      const got = arrives(sent);
      if (got === undefined || got === null) return;
      expect(got).toMatchObject({ type: kind, src: SRC, dst: DST, payload: {} });
      expect(Object.keys(got)).toEqual(['type', 'src', 'dst', 'payload']);
    }),
    { numRuns: 5000 },
  );
});
