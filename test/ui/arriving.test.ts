import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';

// What comes, goes and changes while somebody is at it: nothing of it may turn a press into one that was not meant.

let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);
afterAll(() => gallery?.close());

const show = (view: string, width = 1280) => gallery.show({ view, language: 'en', theme: 'light', width });
const press = (name: string, role = 'button') => gallery.page.click(`::-p-aria([name="${name}"][role="${role}"])`);
const dialog = () => gallery.page.evaluate(() => document.querySelector('dialog, .bar-panel')?.textContent ?? '');

test('TS1 what was pressed in the bar is about the session it was pressed for, and gone with it', async () => {
  await show('pressed-then-other');
  expect(await dialog()).toContain('Session with Mia Jansen');
  await gallery.step(1);
  expect(await dialog()).toBe('');
  expect(await gallery.sent()).toContainEqual({ pressed: { back: false } });
  await gallery.step(2);
  expect(await dialog()).toBe('');
  // The dashboard hears of the press before it has chosen that session.
  await show('pressed-then-chosen');
  expect(await dialog()).toBe('');
  await gallery.step(1);
  expect(await dialog()).toContain('Session with Mia Jansen');
});

test('TC1 EN1 what is asked about a session names its customer, and does not come back when another was chosen meanwhile', async () => {
  for (const open of [
    async () => {
      await press('Transfer session');
      await press('Transfer control', 'menuitem');
    },
    () => press('End'),
  ]) {
    await show('asked-then-other');
    await open();
    expect(await dialog()).toContain('Session with Mia Jansen');
    for (const step of [1, 2]) {
      await gallery.step(step);
      expect(await dialog()).toBe('');
    }
  }
  for (const item of ['Transfer control', 'End']) {
    await show('bar-then-other');
    await press('Session');
    await press(item, 'menuitem');
    expect(await dialog()).toContain('Session with Mia Jansen');
    for (const step of [1, 2]) {
      await gallery.step(step);
      expect(await dialog()).toBe('');
    }
  }
});
