import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextLine } from '../../shared/activities/chat-lines.ts';
import { transcriptFor } from '../../shared/client/transcript.ts';
import type { Participant } from '../../shared/protocol/relay-api.ts';
import { type Message, parseMessage, writeMessage } from '../../shared/session/message.ts';
import { missingNotes } from '../../shared/session/notes.ts';
import { applyRoster, openSession, permits, reduce, type SessionState } from '../../shared/session/session.ts';
import { rosterOf } from '../support/activity-desk.ts';

const [ANN, BOB, MIA, PIET] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const FINGERPRINT = Array(32).fill('AB').join(':');

function person(id: string, role: Participant['role'], name: string, more: Partial<Participant> = {}): Participant {
  return {
    id,
    role,
    name,
    state: 'present',
    since: 1,
    joinedAt: 1,
    way: role === 'primary' ? 'started' : 'link',
    ...more,
  };
}

const PEOPLE = [
  person(ANN, 'primary', 'Ann'),
  person(BOB, 'assistant', 'Bob'),
  person(MIA, 'customer', 'Mia'),
  person(PIET, 'customer', 'Mia'),
];

function seenBy(you: string, participants = PEOPLE): SessionState {
  return openSession(rosterOf(you, participants, { epoch: 2 }), 'f'.repeat(32));
}

function line(writer: string, to?: string): Message {
  const chat = seenBy(writer).activities.chat.lines;
  const name = PEOPLE.find(({ id }) => id === writer)?.name ?? '';
  return {
    v: 1,
    type: 'chat.line',
    line: { ...nextLine(chat, { writer, name, to, text: 'x', at: Date.now() }), signature: 'x' },
  };
}

const MANAGING: Record<string, (epoch: number, you: string) => Message> = {
  introduce: (epoch, you) => ({
    v: 1,
    type: 'introduction',
    epoch,
    to: you,
    who: PIET,
    signingKey: 'A'.repeat(87),
    fingerprints: [FINGERPRINT],
    proven: true,
  }),
  end: (epoch) => ({ v: 1, type: 'ended', epoch }),
  remove: (epoch) => ({ v: 1, type: 'removed', epoch, who: PIET, joinedAt: 1 }),
  'show earlier chat': (epoch, you) => ({
    v: 1,
    type: 'chat.transcript',
    why: 'earlier',
    epoch,
    to: you,
    lines: [],
    last: true,
  }),
};

describe('who may what, judged by each participant', () => {
  for (const [act, make] of Object.entries(MANAGING)) {
    test(`AS2 only the primary may ${act}, and only in the newest epoch`, () => {
      const you = act === 'show earlier chat' ? BOB : MIA;
      const state = seenBy(you);
      expect(permits(state, ANN, make(2, you))).toBe(true);
      expect(permits(state, ANN, make(3, you))).toBe(true);
      expect(permits(state, ANN, make(1, you))).toBe(false);
      for (const other of [BOB, PIET, 'f'.repeat(32)]) expect(permits(state, other, make(2, you))).toBe(false);
    });
  }

  test('EN2 who was removed, and is in again since, is not put out by what was said of the stay before', () => {
    const removed: Message = { v: 1, type: 'removed', epoch: 2, who: MIA, joinedAt: 1 };
    const again = PEOPLE.map((one) => (one.id === MIA ? { ...one, joinedAt: 9 } : one));
    for (const you of [MIA, PIET, BOB]) {
      expect(permits(seenBy(you), ANN, removed)).toBe(true);
      expect(permits(seenBy(you, again), ANN, removed)).toBe(false);
      expect(permits(seenBy(you, again), ANN, { ...removed, joinedAt: 9 })).toBe(true);
      // It may come before the relay tells of that stay.
      expect(permits(seenBy(you), ANN, { ...removed, joinedAt: 9 })).toBe(true);
    }
  });

  test('EN2 the primary does not leave: others do', () => {
    const left: Message = { v: 1, type: 'left' };
    expect(permits(seenBy(MIA), ANN, left)).toBe(false);
    expect(permits(seenBy(MIA), BOB, left)).toBe(true);
    expect(permits(seenBy(ANN), MIA, left)).toBe(true);
  });

  test('SH3 a line under another’s name, or numbered as another’s, is refused', () => {
    const own = line(MIA);
    if (own.type !== 'chat.line') throw new Error('no line');
    expect(permits(seenBy(ANN), MIA, own)).toBe(true);
    expect(permits(seenBy(ANN), MIA, { ...own, line: { ...own.line, name: 'Bob' } })).toBe(false);
    expect(parseMessage(writeMessage(own))).toEqual(own);
    expect(parseMessage(writeMessage({ ...own, line: { ...own.line, id: `${BOB}.1` } }))).toBeUndefined();
  });

  test('SH3 a private line reaches who it is for, never from customer to customer', () => {
    expect(permits(seenBy(MIA), BOB, line(BOB, MIA))).toBe(true);
    expect(permits(seenBy(PIET), BOB, line(BOB, MIA))).toBe(false);
    expect(permits(seenBy(PIET), MIA, line(MIA, PIET))).toBe(false);
    expect(permits(seenBy(ANN), MIA, line(MIA, ANN))).toBe(true);
  });

  test("SH3 only the primary passes on another's line, and only a customer's to customers", () => {
    expect(permits(seenBy(PIET), ANN, line(MIA))).toBe(true);
    expect(permits({ ...seenBy(PIET), epoch: 1 }, BOB, line(MIA))).toBe(false);
    // After a transfer also who was primary when it was said, and may have got it later.
    expect(permits(seenBy(PIET), BOB, line(MIA))).toBe(true);
    expect(permits(seenBy(PIET), ANN, line(MIA, ANN))).toBe(false);
    expect(permits(seenBy(BOB), ANN, line(MIA))).toBe(false);
  });

  test('RE1 a transcript after a loss is taken only by one who lost something', () => {
    const transcript: Message = {
      v: 1,
      type: 'chat.transcript',
      why: 'lost',
      epoch: 1,
      to: ANN,
      lines: [],
      last: true,
    };
    expect(permits(seenBy(ANN), MIA, transcript)).toBe(false);
    expect(permits({ ...seenBy(ANN), lost: true }, MIA, transcript)).toBe(true);
  });

  test('EN1 when the session has ended nothing more is taken', () => {
    const ended = reduce(seenBy(MIA), ANN, { v: 1, type: 'ended', epoch: 2 }, 7);
    expect(ended.ended).toEqual({ why: 'ended', by: 'Ann', at: 7 });
    expect(permits(ended, ANN, line(ANN))).toBe(false);
  });
});

describe('notes', () => {
  test('each happening is noted once, whatever is reloaded', () => {
    let state = seenBy(ANN);
    const note = () => {
      const missing = missingNotes(state, new Set([`${PIET} in 1`]));
      for (const one of missing) state = reduce(state, ANN, one, 5);
      return missing.map(({ what, name }) => `${name} ${what}`);
    };
    expect(note()).toEqual(['Ann started', 'Bob joined', 'Mia joined', 'Mia joined']);
    expect(note()).toEqual([]);
    const gone = PEOPLE.map((one) => (one.id === MIA ? { ...one, state: 'gone' as const, since: 9 } : one));
    state = applyRoster(state, { ...state.roster, version: 2, participants: gone }, 3);
    expect(note()).toEqual(['Mia gone']);
    const back = PEOPLE.slice(0, 3).map((one) => (one.id === MIA ? { ...one, since: 12 } : one));
    state = applyRoster(state, { ...state.roster, version: 3, participants: back }, 3);
    expect(note()).toEqual(['Mia back', 'Mia removed']);
    expect(note()).toEqual([]);
  });

  test('SE1 a relay cannot take back by which invitation somebody came', () => {
    const invitation = '9'.repeat(32);
    const came = PEOPLE.map((one) => (one.id === MIA ? { ...one, invitation } : one));
    const state = seenBy(ANN, came);
    const stripped = applyRoster(state, { ...state.roster, version: 2, participants: PEOPLE }, 3);
    expect(stripped.roster.participants.find(({ id }) => id === MIA)?.invitation).toBe(invitation);
    const anew = PEOPLE.map((one) => (one.id === MIA ? { ...one, joinedAt: 99 } : one));
    const again = applyRoster(state, { ...state.roster, version: 2, participants: anew }, 3);
    expect(again.roster.participants.find(({ id }) => id === MIA)?.invitation).toBeUndefined();
  });

  test('SH3 who says to have lost everything gets back what followed their joining, not what was said before', () => {
    let state = seenBy(ANN);
    for (const note of missingNotes(
      { ...state, roster: { ...state.roster, participants: PEOPLE.slice(0, 2) } },
      new Set(),
    ))
      state = reduce(state, ANN, note, 1);
    state = reduce(state, ANN, line(ANN), 2);
    for (const note of missingNotes(state, new Set())) state = reduce(state, ANN, note, 3);
    state = reduce(state, BOB, line(BOB), 4);
    const given = (to: string) =>
      transcriptFor(state, to, 'lost').flatMap(({ lines }) => lines.map(({ writer }) => writer));
    expect(given(MIA)).toEqual([BOB]);
    expect(given(BOB)).toEqual([ANN, BOB]);
  });

  test('an older roster never replaces a newer one', () => {
    const state = seenBy(ANN);
    const newer = applyRoster(state, { ...state.roster, version: 5, participants: PEOPLE.slice(0, 2) }, 3);
    expect(applyRoster(newer, { ...state.roster, version: 4 }, 3)).toBe(newer);
  });
});

describe('messages', () => {
  test('whatever arrives, the parser never throws and never lets a stranger through', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const message = parseMessage(text);
          if (message) expect(parseMessage(writeMessage(message))).toEqual(message);
        },
      ),
    );
    expect(parseMessage('{"v":1,"type":"left","__proto__":{"polluted":1}}')).toEqual({ v: 1, type: 'left' });
    expect(parseMessage('{"v":2,"type":"left"}')).toBeUndefined();
  });
});
