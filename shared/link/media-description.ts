import { fingerprintsOf, sameSet } from './fingerprints.ts';

/** The sections of a connection that carries text and all slots, in order (`SLOTS`). */
const SECTIONS = ['application', 'audio', 'video', 'video', 'audio'];

interface Section {
  kind: string;
  port: string;
  lines: readonly string[];
}
interface Description {
  session: readonly string[];
  sections: readonly Section[];
}

/** `undefined` for what two parsers might read in two ways: only whole lines of the plainest form (RFC 8866). */
function read(sdp: string): Description | undefined {
  const lines = sdp.split('\r\n');
  if (lines.pop() !== '' || !lines.every((line) => /^[a-z]=[^\s\0][^\r\n\0]*$/.test(line))) return undefined;
  const session: string[] = [];
  const sections: { kind: string; port: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, kind, port] = /^m=(\S+) (\S+) /.exec(line) ?? [];
    if (kind !== undefined && port !== undefined) sections.push({ kind, port, lines: [] });
    (sections.at(-1)?.lines ?? session).push(line);
  }
  return { session, sections };
}

/** Values of `a=<name>:…`, whatever case the name is written in. */
function values(lines: readonly string[], name: string): string[] {
  const start = `a=${name}:`;
  return lines.flatMap((line) => (line.toLowerCase().startsWith(start) ? [line.slice(start.length)] : []));
}
const all = ({ session, sections }: Description) => [...session, ...sections.flatMap(({ lines }) => lines)];
const has = (lines: readonly string[], ...attributes: string[]) =>
  lines.some((line) => attributes.includes(line.toLowerCase().replace(/^a=/, '')));

/** An offer may leave the port open for a section that lives by the bundle alone; an answer has then refused it. */
function sendsAndReceives({ port, lines }: Section, is: 'offer' | 'answer'): boolean {
  if (port === '0' && (is === 'answer' || !has(lines, 'bundle-only'))) return false;
  return !has(lines, 'sendonly', 'recvonly', 'inactive');
}

/**
 * What is wrong with the SDP of the one media negotiation, `undefined` when nothing is. `standing` is the other's
 * description the connection was made and proven with: the media must travel in its very transport, so certificates and
 * ICE credentials are the same, and every section is bundled on the one there is (RFC 9143). Anything else could move
 * the connection to where the proof does not hold.
 */
export function mediaFault(sdp: string, is: 'offer' | 'answer', standing: string): string | undefined {
  const media = read(sdp);
  const before = read(standing);
  if (!media || !before) return 'not a description';

  const prints = fingerprintsOf(sdp);
  const proven = fingerprintsOf(standing);
  if (!prints || !proven || !sameSet(prints, proven)) return 'another certificate';
  for (const name of ['ice-ufrag', 'ice-pwd']) {
    const known = values(all(before), name);
    const said = values(all(media), name);
    if (said.length === 0 || !sameSet(said, known)) return 'another transport';
  }

  const { sections } = media;
  if (sections.map(({ kind }) => kind).join() !== SECTIONS.join()) return 'other sections';
  const mids = sections.map(({ lines }) => values(lines, 'mid').join());
  const first = before.sections[0];
  if (new Set(mids).size !== SECTIONS.length || !first || mids[0] !== values(first.lines, 'mid').join()) {
    return 'other sections';
  }
  if (values(all(media), 'group').join() !== `BUNDLE ${mids.join(' ')}`) return 'not bundled';
  if (!sections.slice(1).every((section) => sendsAndReceives(section, is))) return 'not both ways';
  return undefined;
}
