import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { useWorld } from '../support/world.ts';

describe.each(BROWSERS)('a session in %s', (browser) => {
  const world = useWorld(browser);

  test('ST1 start, IN2 invite by link, JO1 join, SH3 talk, EN1 end', async () => {
    const ann = await world.agent('Ann de Vries');
    const page = await ann.works(world.site.url);
    expect(await ann.starts(page)).toMatch(/^\d{10}$/);

    const mia = await world.customer('Mia', await ann.invites());
    await mia.reads('Ann de Vries');
    await mia.joins();
    await mia.reads('Ann de Vries helps you');
    await mia.says('Hello! It prints only white pages');
    await ann.reads('Hello! It prints only white pages');
    await ann.says('Hi Mia 😀, thanks');
    await mia.reads('Hi Mia 😀, thanks');

    await ann.ends();
    await mia.reads('Ann de Vries ended the session');
  });
});
