import { afterEach, expect, test, vi } from 'vitest';
import { Calling } from '../../shared/client/calling.ts';
import { ScreenSharing } from '../../shared/client/screen-sharing.ts';
import { reduce } from '../../shared/session/session.ts';
import { Desk, id, person, rosterOf, SESSION } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys, record } from '../support/signed-controls.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')];

afterEach(() => vi.unstubAllGlobals());

/** Mia's page; what her browser gives when it has asked her, and when, is the test's. */
async function mia() {
  await giveKeys([ANN, BOB, MIA]);
  const desk = new Desk(PEOPLE);
  const picked = Promise.withResolvers<MediaStream>();
  const asks = () => picked.promise;
  const stop = vi.fn();
  const track = { stop, getSettings: () => ({ displaySurface: 'window' }), addEventListener: () => undefined };
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: asks, getUserMedia: asks } });
  const host = sessionHost({
    roster: rosterOf(MIA, PEOPLE),
    state: () => desk.at(MIA),
    inTurn: (work) => work(),
    async post(message) {
      desk.pages.set(MIA, reduce(desk.at(MIA), MIA, message, desk.now));
    },
    save: async () => undefined,
    mustBeHere: () => person(MIA, 'customer', 'Mia'),
    changed: () => undefined,
    links: { send: () => undefined },
  });
  const stream = { getVideoTracks: () => [track], getAudioTracks: () => [track], getTracks: () => [track] };
  const picks = () => picked.resolve(stream as unknown as MediaStream);
  return { desk, sharing: new ScreenSharing(host), calling: new Calling(host), picks, stop };
}

test('SH2 TC4 what is picked in answer to one agent is no answer to another who asks while the picker is open', async () => {
  const { desk, sharing, picks, stop } = await mia();
  desk.does(ANN, { type: 'screen.ask', session: SESSION, of: MIA });
  const answer = sharing.share();
  desk.passes(1);
  desk.say(ANN, { v: 1, type: 'control', controls: [await record(ANN, BOB, 2)] });
  desk.passes(1);
  expect(desk.does(BOB, { type: 'screen.ask', session: SESSION, of: MIA })).toBe(true);
  picks();
  expect(await answer).toMatchObject({ ok: false });
  expect(stop).toHaveBeenCalled();
  expect(desk.shown(MIA).screen).toMatchObject({ mine: null, asked: { name: 'Bob' } });
});

test('SH1 what is picked answers the question it was picked for', async () => {
  const { desk, sharing, picks } = await mia();
  desk.does(ANN, { type: 'screen.ask', session: SESSION, of: MIA });
  const answer = sharing.share();
  desk.passes(1);
  picks();
  expect(await answer).toMatchObject({ ok: true });
  expect(desk.shown(MIA).screen).toMatchObject({ asked: null, mine: { surface: 'window' } });
});

test('SH2 SH5 who answers one call is not in another that rings while their browser asks for the microphone', async () => {
  const { desk, calling, picks, stop } = await mia();
  desk.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id: id('1'), of: [MIA] });
  const answer = calling.join({ video: false });
  desk.say(ANN, { v: 1, type: 'call.end', epoch: 1, id: id('1') });
  expect(desk.say(ANN, { v: 1, type: 'call.ring', epoch: 1, id: id('2'), of: [MIA] })).toBe(true);
  picks();
  expect(await answer).toMatchObject({ ok: false });
  expect(stop).toHaveBeenCalled();
  expect(desk.shown(MIA).call.now).toMatchObject({ mine: null, members: [] });
  expect(desk.shown(MIA).call.now?.ringing).not.toBeNull();
});
