/**
 * The certificates a connection really stands on, as sets of sha-256 fingerprints in RFC 8122 form. Whole sets are
 * compared: DTLS accepts a certificate that fits ANY fingerprint of a description, so one that was added is an attack,
 * and so is one by another hash, which a comparison of sha-256 alone would not see.
 */
const FORM = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/;

/** All fingerprints in `sdp`, sorted; `undefined` when there is none or any is not sha-256. */
export function fingerprintsOf(sdp: string): string[] | undefined {
  const found = new Set<string>();
  for (const line of sdp.split(/[\r\n]+/)) {
    if (!/^\s*a\s*=\s*fingerprint/i.test(line)) continue;
    const [, hash, value] = /^a=fingerprint:(\S+) (\S+)$/i.exec(line) ?? [];
    if (hash?.toLowerCase() !== 'sha-256' || !value || !FORM.test(value.toUpperCase())) return undefined;
    found.add(value.toUpperCase());
  }
  return found.size > 0 ? [...found].sort() : undefined;
}

/** The fingerprint of a certificate given as DER. */
export async function fingerprintOfDer(der: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}

export function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const a = new Set(one);
  const b = new Set(other);
  return a.size === b.size && [...a].every((item) => b.has(item));
}
