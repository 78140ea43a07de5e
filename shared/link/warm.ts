/**
 * Has the browser do beforehand what a page's first connection would wait for: its threads, its list of networks. Meets
 * nobody and is never signalled. Returns what lets it go.
 */
export function warmUp(certificate: RTCCertificate): () => void {
  const warm = new RTCPeerConnection({ certificates: [certificate] });
  warm.createDataChannel('');
  warm.setLocalDescription().catch(() => undefined); // then the first connection does it all itself
  return () => warm.close();
}
