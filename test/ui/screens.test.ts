import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';
import { until } from '../support/until.ts';

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);
afterAll(() => gallery?.close());

const show = (view: string, width = 1100) => gallery.show({ view, language: 'en', theme: 'light', width });
const see = (words: string) => gallery.page.waitForFunction((w) => document.body.innerText.includes(w), {}, words);
const gone = (words: string) => gallery.page.waitForFunction((w) => !document.body.innerText.includes(w), {}, words);
const focused = () => gallery.page.evaluate(() => document.activeElement?.textContent);
const press = (name: string) => gallery.page.click(`::-p-aria([name="${name}"][role="button"])`);
const set = (name: 'still' | 'muted', on: boolean) =>
  gallery.page.evaluate((key, is) => document.documentElement.toggleAttribute(`data-${key}`, is), name, on);

interface Seen {
  picture: { left: number; top: number; width: number; height: number };
  place: { left: number; top: number; width: number; height: number };
  percent: number;
}
/** Where the picture and its place are on the page, in CSS pixels, once they stand still. */
async function look(): Promise<Seen> {
  await gallery.page.waitForFunction(() => (document.querySelector('video')?.getBoundingClientRect().width ?? 0) > 0);
  return gallery.page.evaluate(() => {
    const box = (selector: string) => {
      const { left, top, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      return { left, top, width, height };
    };
    const percent = Number.parseFloat(document.querySelector('.screen-percent')?.textContent ?? '');
    return { picture: box('.screen-picture'), place: box('.screen-place'), percent };
  });
}

test('SH1 the viewer says what is shared, how large it is and how many frames come', async () => {
  await show('screen-viewer');
  await see('1280 × 720');
  expect(await gallery.page.$eval('.screen-viewer h2', (title) => title.textContent)).toBe('Mia’s window');
  await gallery.page.waitForFunction(() => /\d\d frames a second/.test(document.body.innerText));
  await set('still', true);
  await see('at most 1 frame a second');
});

test('SH1 the whole picture fits in, undistorted; in its actual size each pixel is one of the screen’s', async () => {
  await show('screen-viewer');
  await see('frames a second');
  const fit = await look();
  expect(fit.picture.width).toBeLessThanOrEqual(fit.place.width);
  expect(fit.picture.height).toBeLessThanOrEqual(fit.place.height);
  expect(fit.picture.width / fit.picture.height).toBeCloseTo(16 / 9, 1);
  await press('Actual size');
  await see('100%');
  expect(await look()).toMatchObject({ picture: { width: 1280, height: 720 }, percent: 100 });

  // As on a finer screen, or with the page at 200 %.
  await gallery.page.setViewport({ width: 1100, height: 760, deviceScaleFactor: 2 });
  await gallery.page.reload();
  await see('frames a second');
  await press('Actual size');
  await see('100%');
  expect(await look()).toMatchObject({ picture: { width: 640, height: 360 }, percent: 100 });
});

test('SH1 the keyboard zooms and moves the picture, and fits it in again', async () => {
  await show('screen-viewer');
  await see('frames a second');
  const before = await look();
  await gallery.page.focus('.screen-place');
  await gallery.page.keyboard.press('1');
  await see('100%');
  await gallery.page.keyboard.press('+');
  await see('125%');
  const large = await look();
  expect(large.picture.width).toBe(1600);
  // What was in the middle still is.
  const middle = (seen: Seen) => (seen.place.left + seen.place.width / 2 - seen.picture.left) / seen.picture.width;
  expect(middle(large)).toBeCloseTo(middle(before), 2);
  await gallery.page.keyboard.press('ArrowRight');
  await gallery.page.keyboard.press('ArrowDown');
  const moved = await look();
  expect(moved.picture.left).toBeLessThan(large.picture.left);
  expect(moved.picture.top).toBeLessThan(large.picture.top);
  await gallery.page.keyboard.press('-');
  await see('100%');
  await gallery.page.keyboard.press('0');
  await see(`${before.percent}%`);
  expect((await look()).picture).toEqual(before.picture);
});

test('SH1 Ctrl and the wheel zoom about the pointer; dragging moves the picture', async () => {
  await show('screen-viewer');
  await see('frames a second');
  const before = await look();
  const at = { x: before.place.left + 300, y: before.place.top + 250 };
  const under = (seen: Seen) => [
    (at.x - seen.picture.left) / seen.picture.width,
    (at.y - seen.picture.top) / seen.picture.height,
  ];
  await gallery.page.mouse.move(at.x, at.y);
  await gallery.page.keyboard.down('Control');
  await gallery.page.mouse.wheel({ deltaY: -500 });
  await gallery.page.keyboard.up('Control');
  await gone(`${before.percent}%`);
  const large = await look();
  expect(large.percent).toBeGreaterThan(200);
  for (const [index, part] of under(large).entries()) expect(part).toBeCloseTo(under(before)[index] ?? 0, 2);

  await gallery.page.mouse.down();
  await gallery.page.mouse.move(at.x - 80, at.y - 50);
  await gallery.page.mouse.up();
  const moved = await look();
  expect(large.picture.left - moved.picture.left).toBeCloseTo(80, 0);
  expect(large.picture.top - moved.picture.top).toBeCloseTo(50, 0);
});

test('SH1 M asks for smooth motion, where one may choose', async () => {
  await show('screen-viewer');
  await gallery.page.focus('.screen-place');
  await gallery.page.keyboard.press('m');
  expect((await gallery.sent()).at(-1)).toBe('motion');
  expect(await gallery.page.$eval('::-p-aria(Smooth motion)', (button) => button.ariaPressed)).toBe('false');
  await show('screen-viewer-customer', 320);
  expect(await gallery.page.$('::-p-aria(Smooth motion)')).toBeNull();
});

test('SH1 F fills the screen and gives it back', async () => {
  await show('screen-viewer');
  await see('frames a second');
  await gallery.page.focus('.screen-place');
  await gallery.page.keyboard.press('f');
  await gallery.page.waitForFunction(() => document.fullscreenElement?.matches('.screen-viewer'));
  await gallery.page.waitForSelector('::-p-aria(Leave full screen)');
  await gallery.page.keyboard.press('f');
  await gallery.page.waitForFunction(() => document.fullscreenElement === null);
});

test('SH1 pointing gives fractions of the picture, under zoom and beside its edges, at most 20 a second', async () => {
  await show('screen-viewer');
  await see('frames a second');
  const last = async () => (await gallery.sent()).at(-1);
  const pointAt = async (x: number, y: number) => {
    const { picture } = await look();
    await gallery.page.mouse.move(picture.left + x * picture.width, picture.top + y * picture.height);
  };
  const told = (x: number, y: number) =>
    gallery.page.waitForFunction(
      (wantX, wantY) => {
        const sent = JSON.parse(document.documentElement.dataset.sent ?? '[]').at(-1);
        return sent && Math.abs(sent.x - wantX) < 0.002 && Math.abs(sent.y - wantY) < 0.002;
      },
      {},
      x,
      y,
    );
  await pointAt(0.5, 0.5);
  expect(await gallery.sent()).toEqual([]); // the tool is off
  await press('Point');
  await pointAt(0.25, 0.75);
  await told(0.25, 0.75);
  // The place is taller than the picture: beside it is nowhere.
  const { place } = await look();
  await gallery.page.mouse.move(place.left + 200, place.top + 3);
  await gallery.page.waitForFunction(() => JSON.parse(document.documentElement.dataset.sent ?? '[]').at(-1) === null);

  await gallery.page.focus('.screen-place');
  await gallery.page.keyboard.press('1');
  await see('100%');
  await gallery.page.keyboard.press('+');
  await see('125%');
  await pointAt(0.4, 0.6);
  await told(0.4, 0.6);
  await gallery.page.keyboard.press('ArrowRight'); // the picture moves under the pointer
  await gallery.page.waitForFunction(() => JSON.parse(document.documentElement.dataset.sent ?? '[]').at(-1).x > 0.43);

  const before = (await gallery.sent()).length;
  const took = await gallery.page.evaluate(async () => {
    const element = document.querySelector('.screen-place');
    const began = performance.now();
    for (let x = 300; x < 500; x++) {
      element?.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: 300, bubbles: true }));
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
    return performance.now() - began;
  });
  const points = (await gallery.sent()).length - before;
  expect(points).toBeGreaterThan(2);
  expect(points).toBeLessThanOrEqual(took / 50 + 2);

  await gallery.page.keyboard.press('Escape');
  await gallery.page.waitForFunction(() => JSON.parse(document.documentElement.dataset.sent ?? '[]').at(-1) === null);
  expect(await last()).toBeNull();
  expect(await gallery.page.$eval('.screen-tools [aria-pressed]:last-child', (button) => button.ariaPressed)).toBe(
    'false',
  );
});

test('SH1 somebody’s pointer is drawn where they point, with their name', async () => {
  await show('screen-viewer-pointer');
  await see('Anna de Vries');
  const { picture } = await look();
  const at = await gallery.page.$eval('.screen-pointer', (mark) => mark.getBoundingClientRect().toJSON());
  expect(at.left - picture.left).toBeCloseTo(picture.width / 4, 0);
  expect(at.top - picture.top).toBeCloseTo(picture.height / 2, 0);
});

test('SH1 a picture that came steadily and stops is called frozen, until it moves again', async () => {
  await show('screen-viewer');
  await gallery.page.waitForFunction(() => /\d\d frames a second/.test(document.body.innerText));
  const before = await look();
  await set('still', true);
  await see('Frozen since');
  expect((await look()).picture).toEqual(before.picture); // nothing jumps
  await set('still', false);
  await gone('Frozen since');
});

test('SH1 a screen that sends little because nothing moves is not called frozen, unless it is muted', async () => {
  await show('screen-viewer-still');
  const frozen = () =>
    gallery.page.$$eval('.screen-viewer', (all) => all.map((one) => one.textContent.includes('Frozen since')));
  await gallery.page.waitForFunction(() => /\d\d frames a second/.test(document.body.innerText));
  await set('still', true);
  await see('Frozen since'); // Mia's; Piet's has been still for longer
  expect(await frozen()).toEqual([true, false]);
  await set('muted', true);
  await until('both to be frozen', async () => (await frozen()).every(Boolean));
});

test('SH1 what arrives over a connection that stops sending is called frozen', async () => {
  await show('screen-viewer-arriving');
  await see('640 × 360');
  await gallery.page.waitForFunction(() => /\d frames a second/.test(document.body.innerText));
  await set('muted', true);
  await see('Frozen since');
});

test('SH2 the question’s default is No: focus, Escape; it says who asks and who will see it', async () => {
  await show('screen-ask-crowd', 800);
  await gallery.page.waitForSelector('dialog[open]');
  expect(await focused()).toBe('No');
  for (const words of ['Anna de Vries asks to see your screen', 'Schimmelpenninck', 'Other customers', 'Piet', 'stop'])
    await see(words);
  await gallery.page.keyboard.press('Escape');
  await gallery.page.waitForFunction(() => !document.querySelector('dialog'));
  expect(await gallery.sent()).toEqual(['refused']);

  await show('screen-ask', 800);
  await gallery.page.waitForSelector('dialog[open]');
  await press('Show my screen');
  await gallery.page.waitForFunction(() => !document.querySelector('dialog'));
  expect(await gallery.sent()).toEqual(['show']);
});

test('SH2 the question counts down and lapses visibly', async () => {
  await show('screen-ask-short', 800);
  await see('seconds to answer');
  await see('There was no answer in time');
  expect(await gallery.page.$('::-p-aria(Show my screen)')).toBeNull();
  expect(await focused()).toBe('Close');
  await gallery.page.keyboard.press('Enter');
  await gallery.page.waitForFunction(() => !document.querySelector('dialog'));
  expect(await gallery.sent()).toEqual([]);
});

test('SH8 a device that cannot share says what works, and offers only No', async () => {
  await show('screen-ask-cannot', 320);
  await see('works only on a computer');
  expect(await gallery.page.$$eval('dialog button', (buttons) => buttons.map((one) => one.textContent))).toEqual([
    'No',
  ]);
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.sent()).toEqual(['cannot']);
});

test('SH2 whoever shares reads who sees what, stops by one press, and is asked about each newcomer', async () => {
  await show('screen-mine');
  await see('see your window');
  await press('Show');
  await press('Choose another window');
  await press('Stop sharing');
  expect(await gallery.sent()).toEqual([{ to: expect.any(String), yes: true }, 'choose', 'stop']);
  await show('screen-mine-crowd');
  await see('3 others see your whole screen');
  expect(await gallery.page.$eval('.screen-sees', (sentence) => sentence.getAttribute('title'))).toContain(
    'Schimmelpenninck',
  );
});

test('SH2 whoever asked reads what came of it', async () => {
  await show('screen-asked', 480);
  for (const words of ['Mia said no', 'No answer from Mia', 'cannot share a screen', 'Waiting for Mia'])
    await see(words);
  await press('Cancel');
  expect(await gallery.sent()).toEqual(['cancel']);
  expect(
    await gallery.page.$$eval('.screen-asked', (all) =>
      all.map((one) => one.querySelector('button')?.textContent ?? ''),
    ),
  ).toEqual([...Array(5).fill('Ask again'), '', 'Cancel']);
});
