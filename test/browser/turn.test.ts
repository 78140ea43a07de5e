import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seesMoving } from '../support/moving.ts';
import { onlyThroughTurn, startTurn, type TurnServer, waysOf } from '../support/turn.ts';
import { useWorld } from '../support/world.ts';

describe('behind a TURN server', () => {
  const env: Record<string, string> = {};
  let turn: TurnServer;
  beforeAll(async () => {
    turn = await startTurn();
    Object.assign(env, turn.env);
  });
  const world = useWorld('chromium', env);
  afterAll(() => turn.close());

  test('SH1 SH3 chat and a screen go through it where there is no other way', async () => {
    const ann = await world.agent('Ann');
    await ann.starts(await ann.works(world.site.url));
    const mia = await world.customer('Mia', 'about:blank');
    await onlyThroughTurn(mia.page);
    await mia.page.goto(await ann.invites());
    await mia.joins();
    await mia.says('through the server');
    await ann.reads('through the server');
    await ann.says('and back');
    await mia.reads('and back');
    expect(await waysOf(mia.page)).toEqual(['relay']);
    const dashboard = await ann.looksAtDashboard();
    await dashboard.press('tab', 'Tools');
    await dashboard.press('button', 'Request screen of Mia');
    await mia.screen.press('button', 'Show my screen');
    await seesMoving(dashboard);
  });
});
