import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { type Gallery, openGallery } from '../support/gallery/open-gallery.ts';

const MINUTES = 60_000;
let gallery: Gallery;
beforeAll(async () => {
  gallery = await openGallery();
}, 2 * MINUTES);
afterAll(() => gallery?.close());

// Colours do not depend on the language: each theme once, each language once.
for (const [language, theme] of [
  ['en', 'light'],
  ['nl', 'dark'],
] as const)
  test(
    `every screen, ${language}, ${theme}: axe finds nothing, and nothing is wider than the window`,
    async () => {
      const found: string[] = [];
      for (const { view, width } of gallery.entries) {
        await gallery.show({ view, language, theme, width });
        const wide = await gallery.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push(`${view} ${width}: ${wide} px too wide`);
        found.push(...(await axeFinds(gallery.page)).map((violation) => `${view} ${width}: ${violation}`));
      }
      expect(found).toEqual([]);
      expect(gallery.entries.length).toBeGreaterThan(40);
    },
    10 * MINUTES,
  );
