import type { Page } from 'puppeteer';
import { z } from '../../shared/protocol/schema.ts';
import type { Sender } from './screen-ends.ts';

/** Descriptions are handed over with all candidates in them. */
const GATHERED = `const gathered = () => new Promise((resolve) => {
  if (pc.iceGatheringState === 'complete') resolve(pc.localDescription.sdp);
  else pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && resolve(pc.localDescription.sdp));
});`;

/** The same wish and hint as ours (shared/client/capture.ts); all else is left to the browser. */
const OFFER = `(async () => {
  globalThis.pc = new RTCPeerConnection();
  ${GATHERED}
  const wish = { video: { displaySurface: 'window', frameRate: { ideal: 15, max: 30 } }, audio: false };
  const [track] = (await navigator.mediaDevices.getDisplayMedia(wish)).getVideoTracks();
  track.contentHint = 'detail';
  pc.addTrack(track);
  await pc.setLocalDescription();
  return gathered();
})()`;

const ANSWER = (sdp: string, width: number) => `(async () => {
  globalThis.pc = new RTCPeerConnection();
  ${GATHERED}
  document.body.innerHTML = '<video autoplay muted playsinline style="width: ${width}px"></video>';
  pc.ontrack = ({ track }) => { document.querySelector('video').srcObject = new MediaStream([track]); };
  await pc.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(sdp)} });
  await pc.setLocalDescription();
  return gathered();
})()`;

const text = async (page: Page, code: string) => z.parse(z.string(), await page.evaluate(code));

/** A screen over one RTCPeerConnection and nothing else, shown as wide as ours in a page of its own. */
export async function bareShare(sender: Sender, from: Page, to: Page, width: number): Promise<() => Promise<void>> {
  await from.bringToFront();
  const answer = await text(to, ANSWER(await text(from, OFFER), width));
  await from.evaluate(`pc.setRemoteDescription({ type: 'answer', sdp: ${JSON.stringify(answer)} })`);
  await sender.moves(true);
  return async () => {
    await sender.moves(false);
    await from.evaluate(`pc.getSenders().forEach(({ track }) => track?.stop()); pc.close()`);
    await to.evaluate('pc.close()');
  };
}
