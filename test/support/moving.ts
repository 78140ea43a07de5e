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

/** How loud voice `which` is that plays on that screen: the loudest of what is heard while looking, 0 to 1. */
const LOUDNESS = (which: number) => `(async () => {
  const audio = document.querySelectorAll('audio')[${which}];
  if (!audio?.srcObject || audio.paused) return 0;
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

/** Waits until so many voices with energy in them are heard there: a test machine's microphone beeps. */
export async function hears(screen: Screen, voices = 1): Promise<void> {
  for (let which = 0; which < voices; which += 1) {
    await until(`voice ${which + 1}`, async () => Number(await screen.evaluate(LOUDNESS(which))) > 0.01);
  }
}

/** Waits until what plays there is silence. */
export async function hearsNothing(screen: Screen): Promise<void> {
  await until('silence', async () => Number(await screen.evaluate(LOUDNESS(0))) < 0.001);
}

/** Something moves in that page from now on: Firefox captures the screen it stands on, where else nothing would. */
export async function stirs(screen: Screen): Promise<void> {
  await screen.evaluate(`(() => {
    const box = document.createElement('div');
    box.style.cssText = 'position: fixed; right: 0; bottom: 0; width: 40%; height: 40%; pointer-events: none; z-index: 9999';
    let hue = 0;
    setInterval(() => { box.style.background = 'hsl(' + (hue += 30) + ' 90% 50%)' }, 100);
    document.documentElement.append(box);
  })()`);
}
