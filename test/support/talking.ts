import type { Page } from 'puppeteer';
import type { Agent, Customer } from './actors.ts';
import type { World } from './world.ts';

/** Ann has started a session over `page` and Mia, whom she invited by a link, is in it: nothing is shared yet. */
export async function talking(world: World): Promise<{ ann: Agent; mia: Customer; page: Page }> {
  const ann = await world.agent('Ann');
  const page = await ann.works(world.site.url);
  await ann.starts(page);
  const mia = await world.customer('Mia', await ann.invites());
  await mia.joins();
  await mia.reads('Nobody sees your screen');
  return { ann, mia, page };
}
