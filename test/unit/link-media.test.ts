import { expect, test } from 'vitest';
import { decode, decodeBeforeProof, encode } from '../../shared/link/frames.ts';
import { SLOTS, type Slot } from '../../shared/link/link.ts';
import { Media } from '../../shared/link/media.ts';
import { mediaFault } from '../../shared/link/media-description.ts';
import type { MediaWord, SlotTracks, WireMedia } from '../../shared/link/wire.ts';
import { connectFake, type FakeWire } from '../support/link-pair.ts';

const print = (digits: string) => Array.from({ length: 32 }, () => digits).join(':');
const OURS = print('AB');
const TRANSPORT = [`a=fingerprint:sha-256 ${OURS}`, 'a=ice-ufrag:abcd', 'a=ice-pwd:0123456789012345678901'];
const HEAD = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const text = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;
const DATA = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0', ...TRANSPORT];
const slot = (kind: string, mid: string) => [
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 96`,
  `a=mid:${mid}`,
  'a=sendrecv',
  ...TRANSPORT,
];
const SLOT_LINES = [slot('audio', '1'), slot('video', '2'), slot('video', '3'), slot('audio', '4')].flat();
const STANDING = text(...HEAD, 'a=group:BUNDLE 0', ...DATA);
const MEDIA = text(...HEAD, 'a=group:BUNDLE 0 1 2 3 4', ...DATA, ...SLOT_LINES);

const fault = (sdp: string, is: 'offer' | 'answer' = 'offer') => mediaFault(sdp, is, STANDING);
/** `MEDIA` with the last `from` made `to`: what comes first is easier to see, for a test too. */
function but(from: string, to: string): string {
  const at = MEDIA.lastIndexOf(from);
  expect(at).toBeGreaterThan(0);
  return MEDIA.slice(0, at) + to + MEDIA.slice(at + from.length);
}

test('SE1 media in the transport that was proven are taken, as offer and as answer', () => {
  expect(fault(MEDIA)).toBeUndefined();
  expect(fault(MEDIA, 'answer')).toBeUndefined();
  // An offer may give a slot no port of its own.
  const bundled = but('m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n', 'm=audio 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\n');
  expect(fault(bundled)).toBeUndefined();
  expect(fault(bundled, 'answer')).toBe('not both ways');
});

test('SE1 media that could take the connection elsewhere are refused, however it is written', () => {
  const other = print('CD');
  const prints = [`sha-256 ${other}`, `sha-1 ${OURS.slice(0, 59)}`, `sha-512 ${OURS}`, ` sha-256 ${OURS}`];
  for (const one of prints) expect(fault(but(`sha-256 ${OURS}`, one))).toBe('another certificate');
  expect(fault(MEDIA.replaceAll(OURS, other))).toBe('another certificate');
  for (const more of [`a=fingerprint:sha-256 ${other}`, `a=Fingerprint:SHA-256 ${other}`]) {
    expect(fault(MEDIA + text(more))).toBe('another certificate');
    expect(fault(but('a=group', `${more}\r\na=group`))).toBe('another certificate');
  }
  for (const more of [
    'a=ice-ufrag:wxyz',
    'a=ICE-ufrag:wxyz',
    'a=ice-pwd:9876543210987654321098',
    'a=ice-ufrag:abcd ',
  ]) {
    expect(fault(MEDIA + text(more))).toBe('another transport');
  }
  expect(fault(MEDIA.replaceAll('a=ice-ufrag:abcd', 'a=ice-ufrag:wxyz'))).toBe('another transport');
  expect(fault(MEDIA.replaceAll('a=ice-pwd', 'a=x-pwd'))).toBe('another transport');
  // Lines that another parser may end elsewhere.
  for (const more of [
    'a=x\na=ice-ufrag:wxyz',
    'a=x\ra=ice-ufrag:wxyz',
    'a=x\0',
    ' a=ice-ufrag:wxyz',
    'a =x',
    'a= x',
    '',
  ]) {
    expect(fault(MEDIA + text(more))).toBe('not a description');
  }
  expect(fault(MEDIA.trimEnd())).toBe('not a description');
  expect(fault('')).toBeDefined();
});

test('SE1 media that are not the four slots on the one transport are refused', () => {
  expect(fault(STANDING)).toBe('other sections');
  expect(fault(MEDIA + text(...slot('video', '5')))).toBe('other sections');
  expect(fault(but('m=audio', 'm=video'))).toBe('other sections');
  expect(fault(but('a=mid:4', 'a=mid:3'))).toBe('other sections');
  expect(fault(but('a=mid:4\r\n', ''))).toBe('not bundled');
  expect(fault(MEDIA.replaceAll('a=mid:0', 'a=mid:9').replace('BUNDLE 0', 'BUNDLE 9'))).toBe('other sections');
  expect(fault(but('BUNDLE 0 1 2 3 4', 'BUNDLE 0 1 2 3'))).toBe('not bundled');
  expect(fault(but('BUNDLE 0 1 2 3 4', 'BUNDLE 1 0 2 3 4'))).toBe('not bundled');
  expect(fault(MEDIA + text('a=group:BUNDLE 4'))).toBe('not bundled');
  for (const way of ['recvonly', 'sendonly', 'inactive']) {
    expect(fault(but('a=sendrecv', `a=${way}`))).toBe('not both ways');
  }
  expect(fault(but('m=audio 9', 'm=audio 0'))).toBe('not both ways');
});

test('SE1 a media frame passes only after the proof and only to 32 KiB', () => {
  const frame = { t: 'media' as const, is: 'offer' as const, text: MEDIA };
  expect(decode(encode(frame))).toEqual(frame);
  expect(decodeBeforeProof(encode(frame))).toBeUndefined();
  const refused = { t: 'media' as const, is: 'refused' as const, text: '' };
  expect(decode(encode(refused))).toEqual(refused);
  expect(() => encode({ ...frame, text: '€'.repeat(11_000) })).toThrow(RangeError);
  expect(decode(`{"t":"media","is":"offer"}\n${'€'.repeat(11_000)}`)).toBeUndefined();
  expect(decode(`{"t":"media","is":"rollback"}\n${MEDIA}`)).toBeUndefined();
});

/** A kind is all that is looked at of a track. */
const track = (kind: 'audio' | 'video') => Object.assign(Object.create(null), { kind }) as MediaStreamTrack;

/** Slots that agree when told to, and remember. */
class FakeMedia implements WireMedia {
  tracks: SlotTracks | undefined;
  onchange: (() => void) | undefined;
  begun = 0;
  readonly put_: Record<string, MediaStreamTrack | undefined> = {};
  readonly taken: string[] = [];
  begin(): void {
    this.begun += 1;
  }
  take(word: MediaWord): void {
    this.taken.push(word.is);
  }
  put(slot: Slot, sent: { track: MediaStreamTrack } | undefined): void {
    this.put_[slot] = sent?.track;
  }
  agree(): void {
    this.tracks = {
      voice: track('audio'),
      camera: track('video'),
      screen: track('video'),
      'screen sound': track('audio'),
    };
    this.onchange?.();
  }
}
function line() {
  const media = new FakeMedia();
  const [fake] = connectFake('a'.repeat(32), 'b'.repeat(32));
  const wire: FakeWire & { media?: WireMedia } = fake;
  wire.media = media;
  return { media, wire, send: () => undefined };
}

test('SH1 what is sent goes into the slots of the connection in use and of each one after it', () => {
  const told: (SlotTracks | undefined)[] = [];
  const media = new Media({ media: (tracks) => void told.push(tracks), bulk: () => undefined });
  const [screen, voice] = [track('video'), track('audio')];
  media.send('screen', screen, {}); // before there is any connection
  const [one, two] = [line(), line()];
  media.use(one);
  media.use(one);
  expect([one.media.begun, one.media.put_]).toEqual([1, { screen }]);
  expect(told).toEqual([]);
  one.media.agree();
  expect(told).toEqual([one.media.tracks]);
  media.send('voice', voice, {});
  media.send('screen', undefined, {});
  expect(one.media.put_).toEqual({ screen: undefined, voice });
  two.media.agree(); // the other side was first
  media.use(two);
  expect(two.media.put_).toEqual({ voice });
  expect(told).toEqual([one.media.tracks, two.media.tracks]);
  one.media.agree();
  expect(told).toHaveLength(2);
  media.use(undefined);
  expect(told.at(-1)).toBeUndefined();
});

test('SH1 a slot takes only its kind of track', () => {
  const media = new Media({ media: () => undefined, bulk: () => undefined });
  for (const name of SLOTS) {
    const wrong = track(name === 'voice' || name === 'screen sound' ? 'video' : 'audio');
    expect(() => media.send(name, wrong, {})).toThrow(TypeError);
  }
});
