import { expect, test } from 'vitest';
import { ACTIVITIES } from '../../shared/activities/list.ts';
import { may, type Role } from '../../shared/protocol/permissions.ts';

const ROLES: readonly Role[] = ['primary', 'assistant', 'customer'];
const P = ['primary'];
const ALL = [...ROLES];

/** "Who may what", by what is said. Conditions (when asked, to agents) are each activity's own and tested there. */
const TABLE: Record<string, string[]> = {
  'chat.line': ALL,
  'chat.transcript': ALL, // earlier chat: the primary alone, below; what was lost: anybody
  'screen.ask': P,
  'screen.on': ['primary', 'customer'],
  'screen.point': P,
  'screen.motion': P,
  'screen.refuse': ALL,
  'screen.withdraw': ALL,
  'screen.off': ALL,
  'call.runs': ['primary', 'customer'], // the customer who kept an offered session, to who accepted it
  'call.ring': P,
  'call.end': P,
  'call.in': ALL,
  'call.refuse': ALL,
  'call.leave': ALL,
  'files.offer': ['primary', 'customer'],
  'files.accept': ALL,
  'files.refuse': ALL,
  'files.cancel': ALL,
  'files.done': ALL,
  'files.resume': ALL,
  'files.log': ['customer'], // to who has accepted the session
  'recording.ask': P,
  'recording.agree': ALL,
  'recording.off': ALL,
  'takeover.ask': ['assistant'],
  'takeover.refuse': ['customer'],
  'notebook.text': ['primary', 'assistant'],
  'files.stripe': ALL, // for a file both agreed to
};

test('AS2 SH1 SH4 SH5 SH7 who may what: the table as it stands, for every message of every activity but comparing', () => {
  const said = ACTIVITIES.filter(({ name }) => name !== 'compare').flatMap(({ who }) => Object.entries(who));
  expect(
    Object.fromEntries(said.map(([type, { roles }]) => [type, ROLES.filter((role) => roles.includes(role))])),
  ).toEqual(TABLE);
});

test('AS2 EN2 who may what in the session itself', () => {
  for (const act of [
    'invite',
    'admit',
    'remove',
    'introduce',
    'select',
    'show earlier chat',
    'transfer',
    'end',
  ] as const) {
    expect(ROLES.filter((role) => may(role, act))).toEqual(P);
  }
  expect(ROLES.filter((role) => may(role, 'leave'))).toEqual(['assistant', 'customer']);
  expect(ROLES.filter((role) => may(role, 'chat'))).toEqual(ALL);
});
