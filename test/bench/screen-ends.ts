import puppeteer, { type Browser, type Page } from 'puppeteer';
import { z } from '../../shared/protocol/schema.ts';
import { program } from '../support/system.ts';
import { cpuOf } from './process-use.ts';

export const ARGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];
const TITLE = 'A page of text';
const WARM = 5_000; // ms: until the browser has found out how much the path carries
const COUNTED = 10_000; // ms
const LOOKED_AT = 4_000; // ms
const BITS = 16;
const RATE = 30; // pictures a second on the page that is captured: as many as are asked for at most

/** A scrolling page of text and, above it, the time as bright and dark fields between a bright one and a dark one. */
const PICTURE = `<!doctype html><title>${TITLE}</title>
<style>
  body { margin: 0; overflow: hidden; font: 16px/1.4 serif; background: white }
  #time { display: flex; height: 12vh; position: relative; z-index: 1 } #time i { flex: 1 }
</style>
<div id="time">${'<i></i>'.repeat(BITS + 2)}</div><div id="text"></div>
<script>
  const fields = [...document.querySelectorAll('i')];
  text.innerText = Array.from({ length: 400 }, (_, n) => n + '. The quick brown fox jumps over the lazy dog, and so on.').join('\\n');
  let moves = false, at = 0;
  setInterval(() => {
    if (!moves) return;
    const now = Date.now();
    fields.forEach((field, n) => {
      field.style.background = n === 0 || (n <= ${BITS} && (now >> (n - 1)) & 1) ? 'white' : 'black';
    });
    text.style.transform = 'translateY(-' + (at = (at + 2) % 4000) + 'px)';
  }, ${1000 / RATE});
</script>`;

/** In the page that sees it: how old each picture is when it is shown, for so long; the median, ms. */
const AGE = (video: string) => `(async () => {
  const video = document.querySelector(${JSON.stringify(video)});
  const context = new OffscreenCanvas(${BITS + 2}, 1).getContext('2d', { willReadFrequently: true });
  context.imageSmoothingEnabled = false;
  const ages = [];
  let unread = 0;
  let next = video.requestVideoFrameCallback(function shown() {
    const now = Date.now();
    context.drawImage(video, 0, video.videoHeight * 0.04, video.videoWidth, video.videoHeight * 0.04, 0, 0, ${BITS + 2}, 1);
    const { data } = context.getImageData(0, 0, ${BITS + 2}, 1);
    const bright = Array.from({ length: ${BITS + 2} }, (_, n) => data[4 * n] > 127);
    const painted = bright.slice(1, -1).reduce((sum, one, n) => sum + (one ? 2 ** n : 0), 0);
    if (bright[0] && !bright.at(-1)) ages.push((now - painted) & ${2 ** BITS - 1});
    else unread++;
    next = video.requestVideoFrameCallback(shown);
  });
  await new Promise((resolve) => setTimeout(resolve, ${LOOKED_AT}));
  video.cancelVideoFrameCallback(next);
  if (ages.length < 10 || unread > ages.length / 10) throw new Error(ages.length + ' pictures read, ' + unread + ' not');
  return ages.sort((one, other) => one - other)[ages.length >> 1];
})()`;

const SHOWN = (video: string) => `(() => {
  const { totalVideoFrames, droppedVideoFrames } = document.querySelector(${JSON.stringify(video)}).getVideoPlaybackQuality();
  return totalVideoFrames - droppedVideoFrames;
})()`;

/** A browser that captures the page of text, whatever its picker is asked for; that page is in front. */
export interface Sender {
  browser: Browser;
  /** Begins to move, and is in front: no other is painted. */
  moves(on: boolean): Promise<void>;
}

export async function launchSender(): Promise<Sender> {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: program('Chromium'),
    headless: true,
    pipe: true,
    defaultViewport: null,
    args: ['--no-sandbox', '--window-size=1280,800', `--auto-select-tab-capture-source-by-title=${TITLE}`, ...ARGS],
  });
  const page = await browser.newPage();
  await page.setContent(PICTURE);
  return {
    browser,
    async moves(on) {
      await page.bringToFront();
      await page.evaluate(`moves = ${on}`);
    },
  };
}

/** What one way of sharing gave: ms a picture, ms until it is shown, and processor ms of both browsers for each second. */
export interface Seen {
  frame: number;
  delay: number;
  cpu: number;
}

/** A share that is under way, of `sender` to where `video` shows it in `page`. Frames and CPU first, unobserved. */
export async function look(sender: Sender, page: Page, video: string): Promise<Seen> {
  const number = async (code: string) => z.parse(z.number(), await page.evaluate(code));
  const both = [sender.browser, page.browser()].map((browser) => browser.process()?.pid ?? 0);
  const cpu = () => both.reduce((sum, pid) => sum + cpuOf(pid), 0);
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await rest(WARM);
  const [used, frames, began] = [cpu(), await number(SHOWN(video)), performance.now()];
  await rest(COUNTED);
  const [usedThen, framesThen, took] = [cpu(), await number(SHOWN(video)), performance.now() - began];
  return {
    frame: took / (framesThen - frames),
    cpu: ((usedThen - used) / took) * 1000,
    delay: await number(AGE(video)),
  };
}
