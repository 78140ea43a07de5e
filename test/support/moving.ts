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
