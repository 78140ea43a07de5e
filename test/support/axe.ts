import axe from 'axe-core';
import type { Page } from 'puppeteer';

const RUN = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`;

/** What axe finds wrong in the page's own document, frames aside: rule and element. */
export async function axeFinds(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return (await page.evaluate(RUN)) as string[];
}
