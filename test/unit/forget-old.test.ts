import { expect, test } from 'vitest';
import { forgetOld } from '../../shared/client/forget-old.ts';
import { nothingStored, type StoredSession } from '../../shared/client/page-store.ts';
import { anchorOf } from '../../shared/session/session.ts';
import { id, rosterOf } from '../support/activity-desk.ts';

const ME = id('a');
const kept = (name: string, touchedAt: number): StoredSession => {
  const roster = { ...rosterOf(ME, []), id: id(name) };
  return { ...nothingStored(roster.id, anchorOf(roster)), roster, touchedAt };
};

test('RE1 what is old, and what another version left that this one cannot read, is deleted with its journal', async () => {
  const sessions = [kept('1', Date.now()), kept('2', Date.now() - 86_400_000)];
  const stored = new Set([...sessions.map((one) => one.id), id('3')]);
  const journals = new Set(stored);
  const forget = () =>
    forgetOld(
      ME,
      {
        ids: async () => [...stored],
        sessions: async () => sessions.filter((one) => stored.has(one.id)),
        forgetSession: async (one) => void stored.delete(one),
      },
      { forget: async (one) => void journals.delete(one) },
    );
  expect(await forget()).toBe(1);
  expect([...stored]).toEqual([id('1')]);
  expect([...journals]).toEqual([id('1')]);
  expect(await forget()).toBe(0);
});
