import { expect, test } from 'vitest';
import { saidNo } from '../../shared/activities/takeover.ts';
import { showSession } from '../../shared/client/show.ts';
import { loadT } from '../../shared/locales/load.ts';
import { endedText } from '../../shared/ui/session-words.ts';
import { Desk, id, person, SESSION } from '../support/activity-desk.ts';
import { giveKeys, record } from '../support/signed-controls.ts';

const [ANN, BOB, MIA, PIET] = [id('a'), id('b'), id('c'), id('d')] as const;
const NOTHING_AROUND = {
  ...{ links: new Map(), removed: new Map(), undelivered: new Set<string>(), seen: 0, draft: '', invitePrompt: false },
  ...{ waitingForRelay: false, reported: false, listed: false, skew: 0 },
};

test('EN3 who said No leaves, also when others alone are asked again', async () => {
  await giveKeys([ANN, BOB, MIA, PIET]);
  const desk = new Desk([
    { ...person(ANN, 'primary', 'Ann'), state: 'away' },
    person(BOB, 'assistant', 'Bob'),
    person(MIA, 'customer', 'Mia'),
    person(PIET, 'customer', 'Piet'),
  ]);
  expect(desk.say(BOB, { v: 1, type: 'takeover.ask', id: id('1'), of: [MIA, PIET] })).toBe(true);
  expect(desk.does(PIET, { type: 'takeover.refuse', session: SESSION, id: id('1') })).toBe(true);
  expect(desk.say(BOB, { v: 1, type: 'takeover.ask', id: id('2'), of: [MIA] })).toBe(true);
  desk.passes(1);
  const yes = await record(MIA, BOB, 2, { why: 'primary lost' });
  desk.say(BOB, { v: 1, type: 'control', controls: [yes] });
  const piet = desk.at(PIET);
  expect(piet.primary).toBe(BOB);
  expect(saidNo(piet.activities.takeover, piet)).toBe(true);
  const mia = desk.at(MIA);
  expect(saidNo(mia.activities.takeover, mia)).toBe(false);

  // They read why: that they chose so, and with whom they did not want to go on.
  desk.say(PIET, { v: 1, type: 'left' });
  const t = await loadT('en');
  const { ended } = showSession(desk.at(PIET), NOTHING_AROUND);
  expect(ended).toMatchObject({ why: 'said no', by: 'Bob' });
  expect(endedText(t, { ended })).toBe('You chose not to go on with Bob, so you left this session.');
  desk.say(MIA, { v: 1, type: 'left' });
  expect(showSession(desk.at(MIA), NOTHING_AROUND).ended?.why).toBe('left');
});
