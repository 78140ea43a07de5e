import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LostPrimary } from '../../shared/client/lost-primary.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import { openSession, type SessionState } from '../../shared/session/session.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys } from '../support/signed-controls.ts';

const [ANN, BOB, MIA] = [id('a'), id('b'), id('c')] as const;
const away = { ...person(ANN, 'primary', 'Ann'), state: 'away' as const, since: 5_000 };
const others = [person(BOB, 'assistant', 'Bob'), person(MIA, 'customer', 'Mia')];
const PEOPLE = [away, ...others];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A customer's page, at 10 s by a clock that is 1 s ahead of the relay's, where the primary is lost after 60 s. */
async function mias() {
  await giveKeys([ANN, BOB, MIA]);
  vi.setSystemTime(10_000);
  const links = new Map<string, LinkStatus>();
  const roster = rosterOf(MIA, PEOPLE);
  let state: SessionState = openSession(roster, id('9'));
  const host = sessionHost({
    roster,
    skew: 1000,
    state: () => state,
    post: async () => undefined,
  });
  const lost = vi.fn();
  const follow = new LostPrimary(host, links, lost);
  const link = (is: LinkStatus['state']) =>
    links.set(ANN, { state: is, since: 0, assurance: 'proven', them: undefined });
  return { host, link, follow, lost, be: (next: Partial<SessionState>) => (state = { ...state, ...next }) };
}

test('TC6 EN3 a primary who is away for long is lost, by the relay’s clock', async () => {
  const { follow, lost, link } = await mias();
  link('lost');
  follow.follow();
  vi.advanceTimersByTime(55_999);
  expect(lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(lost).toHaveBeenCalledOnce();
});

test('TC6 RE2 not while this page is linked with them, and not once they are back or the page is let go', async () => {
  for (const goes of ['linked', 'back', 'ended', 'stopped'] as const) {
    const { follow, lost, link, be, host } = await mias();
    link(goes === 'linked' ? 'live' : 'lost');
    follow.follow();
    vi.advanceTimersByTime(30_000);
    if (goes === 'back') be({ roster: rosterOf(MIA, [person(ANN, 'primary', 'Ann'), ...others]) });
    if (goes === 'ended') be({ ended: { why: 'left', at: 1 } });
    if (goes === 'stopped') follow.stop();
    else follow.follow();
    vi.advanceTimersByTime(120_000);
    expect([goes, lost.mock.calls.length]).toEqual([goes, 0]);
    expect(host.state.primary).toBe(ANN);
  }
});
