import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** A few pixels of the newest picture of a `<video>`, as text; '' while there is none. */
const PIXELS = (which: string) => `(() => {
  const video = document.querySelector(${JSON.stringify(which)});
  if (!video?.videoWidth) return '';
  const canvas = new OffscreenCanvas(32, 24);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0, 32, 24);
  return [...context.getImageData(0, 0, 32, 24).data].map((value) => value >> 4).join('');
})()`;

const VIEWER = '.screen-viewer video';

/** Waits until real pictures arrive in the viewer on that screen: pixels that change. */
export async function seesMoving(screen: Screen, which = VIEWER): Promise<void> {
  const look = async () => String(await screen.evaluate(PIXELS(which)));
  const first = await until('a picture', async () => (await look()) || undefined);
  await until('a picture that moves', async () => {
    const now = await look();
    return now !== '' && now !== first;
  });
}

/** Waits until no viewer stands there any more. */
export async function seesNothing(screen: Screen): Promise<void> {
  await until('no shared screen', async () => (await screen.evaluate(`!document.querySelector('${VIEWER}')`)) === true);
}

/** How loud the first voice is that plays on that screen: the loudest of what is heard while looking, 0 to 1. */
const LOUDNESS = `(async () => {
  const audio = document.querySelector('audio');
  if (!audio?.srcObject) return 0;
  globalThis.ear ??= new AudioContext();
  await globalThis.ear.resume();
  const analyser = new AnalyserNode(globalThis.ear, { fftSize: 2048 });
  const source = globalThis.ear.createMediaStreamSource(audio.srcObject);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let most = 0;
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(samples);
    for (const one of samples) most = Math.max(most, Math.abs(one));
  }
  source.disconnect();
  return most;
})()`;

/** Waits until a voice with energy in it is heard there: the test machine's microphone beeps once a second. */
export async function hears(screen: Screen): Promise<void> {
  await until('a voice', async () => Number(await screen.evaluate(LOUDNESS)) > 0.01);
}

/** Waits until what plays there is silence. */
export async function hearsNothing(screen: Screen): Promise<void> {
  await until('silence', async () => Number(await screen.evaluate(LOUDNESS)) < 0.001);
}
