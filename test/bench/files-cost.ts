import type { Browser } from 'puppeteer';
import type { LinkSite } from '../support/link-site.ts';
import type { Figure } from './figure.ts';
import { ends, fileOf, inPage, launch, MIB, ours, pick } from './files-ends.ts';
import { memoryOf } from './process-use.ts';

const LARGE = 256 * MIB;
const HUGE = 5 * 1024 * MIB;
const HUGE_PART = 512 * MIB;
const MEMORY = 80; // MB, an allowance
const TASK = 50; // ms, an allowance

/** What it costs: memory and the page's time. */
export async function* cost(site: LinkSite, folder: string): AsyncGenerator<Figure> {
  const [from, to] = await Promise.all([launch(), launch()]);
  const [sender, receiver] = await ends(site, from, to, fileOf(folder, 'large', LARGE));
  const both = [sender, receiver];
  await pick(sender, fileOf(folder, 'small', MIB));
  await ours(sender, receiver, MIB);
  await pick(sender, fileOf(folder, 'large', LARGE));

  const grows = async (browser: Browser, work: () => Promise<unknown>) => {
    const before = memoryOf(browser.process()?.pid ?? 0);
    let most = before;
    const look = setInterval(() => {
      most = Math.max(most, memoryOf(browser.process()?.pid ?? 0));
    }, 100);
    await work();
    clearInterval(look);
    return (most - before) / MIB;
  };
  for (const { page } of both) await inPage(page, (bench) => bench.longest());
  const growth = await grows(to, () => ours(sender, receiver, LARGE));
  yield { name: 'files-memory', value: growth, unit: 'MB', alternative: allowance(MEMORY), goal: 1 };
  const longest = Math.max(...(await Promise.all(both.map(({ page }) => inPage(page, (bench) => bench.longest())))));
  yield { name: 'files-longest-task', value: longest, unit: 'ms', alternative: allowance(TASK), goal: 1 };

  await pick(sender, fileOf(folder, 'huge', HUGE, MIB));
  const part = async () => {
    const whole = ours(sender, receiver, HUGE).catch(() => undefined);
    for (let through = 0; through < HUGE_PART; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      through = await inPage(receiver.page, (bench) => bench.through);
    }
    await inPage(sender.page, (bench) => bench.stop());
    await whole;
  };
  let there = 0;
  const here = await grows(from, async () => {
    there = await grows(to, part);
  });
  yield {
    name: 'files-5gib-memory',
    value: Math.max(here, there),
    unit: 'MB',
    alternative: allowance(MEMORY),
    goal: 1,
  };
  await Promise.all([from.close(), to.close()]);
}
const allowance = (value: number) => ({ name: 'allowance', value });
