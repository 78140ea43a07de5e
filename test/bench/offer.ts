/** An OFFER as the `peerjs` client sends it: Chromium's description of a data channel and four media slots' size. */
export function offer(from: string, to: string, nth: number): string {
  const candidate = 'a=candidate:1467250027 1 udp 2122260223 192.168.0.196 46243 typ host generation 0 network-id 1';
  const codecs = Array.from({ length: 24 }, (_, at) => `a=rtpmap:${96 + at} VP9/90000`);
  const sdp = [
    'v=0',
    'o=- 6811519073462834911 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...Array.from({ length: 8 }, () => candidate),
    'a=ice-ufrag:Xv1p',
    'a=ice-pwd:1u4Wc3eW8cVQhwU0Tz8wVnzA',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'A7').join(':')}`,
    'a=setup:actpass',
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...codecs,
    '',
  ].join('\r\n');
  const payload = {
    sdp: { type: 'offer', sdp },
    type: 'data',
    connectionId: `dc_${from.slice(0, 8)}${nth}`,
    label: to,
    reliable: true,
    serialization: 'raw',
  };
  return JSON.stringify({ type: 'OFFER', payload, dst: to });
}
