/** A screen to look at: lines a pixel wide, words, and a bar that moves `turns` times, or until `<html data-still>` is set. */
export function movingTrack(width = 1280, height = 720, turns = Number.POSITIVE_INFINITY): MediaStreamTrack {
  const still = screen(width, height);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  const track = canvas.captureStream().getVideoTracks()[0];
  if (!pen || !track) throw new Error('no moving picture here');
  let turn = 0;
  const draw = () => {
    if (document.documentElement.dataset.still !== undefined || turn >= turns) return;
    turn++;
    pen.drawImage(still, 0, 0);
    pen.fillStyle = '#0b6e64';
    pen.fillRect((turn * 8) % width, height - 24, 60, 16);
  };
  draw();
  setInterval(draw, 40);
  return track;
}

/** One that moves twice and then stands still for good; muted, as it says, once `<html data-muted>` is set. */
export function stillTrack(): MediaStreamTrack {
  const track = movingTrack(640, 360, 2);
  return Object.defineProperty(track, 'muted', { get: () => document.documentElement.dataset.muted !== undefined });
}

/** The same over a connection, as it arrives at the other end: muted once `<html data-muted>` is set. */
export function arrivingTrack(): MediaStreamTrack {
  const near = new RTCPeerConnection();
  const far = new RTCPeerConnection();
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);
  const agree = async () => {
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  };
  const { receiver } = far.addTransceiver('video', { direction: 'recvonly' });
  near.addTrack(movingTrack(640, 360));
  void agree();
  new MutationObserver(() => {
    if (document.documentElement.dataset.muted === undefined) return;
    for (const transceiver of near.getTransceivers()) transceiver.direction = 'inactive';
    void agree();
  }).observe(document.documentElement, { attributeFilter: ['data-muted'] });
  return receiver.track;
}

function screen(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('nothing to draw with');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#eceff4';
  pen.fillRect(0, 0, width, 34);
  pen.fillStyle = '#000000';
  for (let x = 40; x < width - 40; x += 2) pen.fillRect(x, 60, 1, 40);
  pen.font = '13px sans-serif';
  for (const [line, words] of ['Printer settings', 'Paper source: Manual feed', 'Print quality: Draft'].entries())
    pen.fillText(words, 40, line === 0 ? 22 : 120 + line * 26);
  pen.strokeRect(0.5, 0.5, width - 1, height - 1);
  return canvas;
}
