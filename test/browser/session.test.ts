import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { useWorld } from '../support/world.ts';

describe.each(BROWSERS)('a session in %s', (browser) => {
  const world = useWorld(browser);

  test('ST1 IN2 JO1 JO2 SH3 EN1 start, invite by link, join, talk, end', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    expect(await ann.starts(page)).toMatch(/^\d{10}$/);

    const mia = await world.customer('Mia', await ann.invites());
    await mia.reads('Ann de Vries');
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await mia.reads('Nobody sees your screen');
    for (const always of ['2 here', 'Leave session']) expect(await mia.screen.has('button', always)).toBe(true);
    await mia.says('Hello! It prints only white pages');
    await ann.reads('Hello! It prints only white pages');
    await ann.says('Hi Mia 😀, thanks');
    await mia.reads('Hi Mia 😀, thanks');

    await ann.ends();
    await mia.reads('Ann de Vries ended the session');
  });
});
