import type { Frame, Page } from 'puppeteer';
import { until } from './until.ts';

/** Presses the control a person would find by its name: a button, tab or menu item that is shown and may be used. */
export async function press(place: Page | Frame, name: string): Promise<void> {
  await until(`"${name}" to press`, () =>
    place.evaluate((wanted) => {
      const controls = document.querySelectorAll<HTMLElement>('button, a, [role=tab], [role=menuitem]');
      const found = [...controls].find(
        (control) =>
          (control.ariaLabel ?? control.textContent).trim() === wanted &&
          control.checkVisibility() &&
          !control.matches(':disabled') &&
          !control.closest('[aria-disabled=true]'),
      );
      found?.click();
      return found !== undefined;
    }, name),
  );
}
