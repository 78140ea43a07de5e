import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** What plays of a recording: its length, and looks at it in even steps, each after a seek. */
export interface Played {
  /** Seconds, by the file itself and by its sound. */
  duration: number;
  sound: number;
  /** The loudest that is heard, 0 to 1. */
  loudest: number;
  /** The mean colour at each look, red, green, blue, 0 to 255. */
  looks: [number, number, number][];
  /** How many looks show another picture than the one before. */
  changes: number;
}

/** The test takes what the agent saves, by the picker where there is one, else by the download. */
const TAKE = `(() => {
  globalThis.showSaveFilePicker &&= async () => {
    const root = await navigator.storage.getDirectory();
    return (globalThis.picked = await root.getFileHandle('picked.webm', { create: true }));
  };
  HTMLAnchorElement.prototype.click = function () {
    globalThis.downloaded = this.href;
  };
})()`;

const PLAY = `(async () => {
  const file = globalThis.picked ? await globalThis.picked.getFile() : await (await fetch(globalThis.downloaded)).blob();
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(file);
  await new Promise((loaded, failed) => {
    video.onloadeddata = loaded;
    video.onerror = () => failed(new Error(video.error.message));
  });
  const canvas = new OffscreenCanvas(32, 24);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const looks = [];
  let changes = 0;
  let before = '';
  const STEPS = 24;
  for (let step = 0; step < STEPS; step += 1) {
    const seeked = new Promise((resolve) => { video.onseeked = resolve; });
    video.currentTime = ((step + 0.5) / STEPS) * video.duration;
    await seeked;
    pen.drawImage(video, 0, 0, 32, 24);
    const { data } = pen.getImageData(0, 0, 32, 24);
    const mean = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) for (const i of [0, 1, 2]) mean[i] += data[at + i] / 768;
    looks.push(mean.map(Math.round));
    const now = [...data].map((value) => value >> 4).join();
    if (before !== '' && now !== before) changes += 1;
    before = now;
  }
  const heard = await new AudioContext().decodeAudioData(await file.arrayBuffer());
  let loudest = 0;
  for (const one of heard.getChannelData(0)) loudest = Math.max(loudest, Math.abs(one));
  return JSON.stringify({ duration: video.duration, sound: heard.duration, loudest, looks, changes });
})()`;

/** Saves the one recording that the dashboard offers, and plays it. */
export async function savesAndPlays(dashboard: Screen): Promise<Played> {
  await dashboard.evaluate(TAKE);
  await dashboard.reads('is not saved yet');
  await dashboard.press('button', 'Save');
  await until('the saved recording', async () => {
    const text = await dashboard.text();
    return !text.includes('is not saved yet') && !text.includes('Saving');
  });
  return JSON.parse(String(await dashboard.evaluate(PLAY)));
}

/** Minutes and seconds that the strip says there are, in seconds. */
export async function secondsRecorded(dashboard: Screen): Promise<number> {
  const shown = await dashboard.evaluate(`document.querySelector('.recording .number')?.textContent ?? ''`);
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(String(shown)) ?? [];
  return Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** Waits until that many more seconds of recording are on the disk. */
export async function recordsFor(dashboard: Screen, seconds: number): Promise<void> {
  const enough = (await secondsRecorded(dashboard)) + seconds;
  await until('more of the recording', async () => (await secondsRecorded(dashboard)) >= enough);
}

/** From now on that page shares a moving red picture when it shares its screen. */
export async function sharesRed(dashboard: Screen): Promise<void> {
  await dashboard.evaluate(`(() => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [1280, 720];
      const pen = canvas.getContext('2d');
      let at = 0;
      const draw = () => {
        pen.fillStyle = '#f00000';
        pen.fillRect(0, 0, 1280, 720);
        pen.fillStyle = '#800000';
        pen.fillRect((at += 40) % 1280, 0, 200, 720);
      };
      draw();
      setInterval(draw, 100);
      return canvas.captureStream(10);
    };
  })()`);
}
