import type { Page } from 'puppeteer';
import type { Agent, Customer } from './actors.ts';
import type { BrowserName } from './browsers.ts';
import type { World } from './world.ts';

/**
 * Ann has started a session over `page` and Mia, whom she invited by a link, is in it: nothing is shared yet.
 * `browsers`: hers and Mia's, where they are not the world's.
 */
export async function talking(
  world: World,
  browsers: { ann?: BrowserName; mia?: BrowserName } = {},
): Promise<{ ann: Agent; mia: Customer; page: Page }> {
  const ann = await world.agent('Ann', browsers.ann);
  const page = await ann.works(world.site.url);
  await ann.starts(page);
  const mia = await world.customer('Mia', await ann.invites(), browsers.mia);
  await mia.joins();
  await mia.reads('Nobody sees your screen');
  return { ann, mia, page };
}
