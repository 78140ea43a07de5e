import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLine,
  addTranscript,
  ChatText,
  type Line,
  type Lines,
  NO_LINES,
  nextDue,
  nextLine,
  releaseDue,
} from '../../shared/activities/chat-lines.ts';
import { parseMessage, writeMessage } from '../../shared/session/message.ts';

const ANNA = 'a'.repeat(32);
const MIA = 'b'.repeat(32);
const BOB = 'c'.repeat(32);
const WAIT = 2_000;
const T0 = Date.UTC(2026, 10, 23);

function write(chat: Lines, writer: string, text: string, at = T0, to?: string): Line {
  return { ...nextLine(chat, { writer, name: writer.slice(0, 4), to, text, at }), signature: 'x' };
}

const texts = (chat: Lines) => chat.shown.map(({ text }) => text);

describe('chat', () => {
  test('SH3 an answer waits for the question its writer had seen', () => {
    const question = write(NO_LINES, MIA, 'question');
    const answer = write(addLine(NO_LINES, question, T0, 0), BOB, 'answer');
    const early = addLine(NO_LINES, answer, T0, WAIT);
    expect(texts(early)).toEqual([]);
    expect(nextDue(early)).toBe(T0 + WAIT);
    expect(texts(addLine(early, question, T0 + 10, WAIT))).toEqual(['question', 'answer']);
  });

  test('SH3 after two seconds a line is shown, whatever its writer had seen', () => {
    const question = write(NO_LINES, MIA, 'question');
    const answer = write(addLine(NO_LINES, question, T0, 0), BOB, 'answer');
    const waiting = addLine(NO_LINES, answer, T0, WAIT);
    expect(texts(releaseDue(waiting, T0 + WAIT - 1))).toEqual([]);
    const shown = releaseDue(waiting, T0 + WAIT);
    expect(texts(shown)).toEqual(['answer']);
    expect(texts(addLine(shown, question, T0 + WAIT + 1, WAIT))).toEqual(['answer', 'question']);
  });

  test('SH3 one who came late waits for what was said before only once', () => {
    const before = write(NO_LINES, MIA, 'before');
    let annas = addLine(NO_LINES, before, T0, 0);
    const first = write(annas, ANNA, 'first');
    annas = addLine(annas, first, T0, 0);
    const second = write(annas, ANNA, 'second');
    const late = releaseDue(addLine(NO_LINES, first, T0, WAIT), T0 + WAIT);
    expect(texts(addLine(late, second, T0 + WAIT + 1, WAIT))).toEqual(['first', 'second']);
  });

  test('SH3 a private line is named to nobody', () => {
    const secret = write(NO_LINES, MIA, 'secret', T0, ANNA);
    const answer = write(addLine(NO_LINES, secret, T0, 0), ANNA, 'to all');
    expect(answer.seen).toEqual([]);
  });

  test('SH3 lines are at most 10,000 characters, counted as code points', () => {
    expect(ChatText.safeParse('😀'.repeat(10_000)).success).toBe(true);
    expect(ChatText.safeParse('😀'.repeat(10_001)).success).toBe(false);
    expect(ChatText.safeParse(' \n ').success).toBe(false);
  });

  test('SH3 under any delays: nothing lost, nothing doubled, nothing shown moves, each writer in order', () => {
    const act = fc.record({ who: fc.constantFrom(ANNA, MIA, BOB), lag: fc.integer({ min: 0, max: 5_000 }) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const people = [ANNA, MIA, BOB];
        const chats = new Map(people.map((one) => [one, NO_LINES]));
        const arrivals: { to: string; from: string; line: Line; at: number }[] = [];
        const lastAt = new Map<string, number>();
        acts.forEach(({ who, lag }, step) => {
          const now = T0 + step * 100;
          deliver(now);
          const line = write(chats.get(who) ?? NO_LINES, who, `${step}`, now);
          addTo(who, line, now);
          for (const to of people.filter((one) => one !== who)) {
            const at = Math.max(now + lag, (lastAt.get(`${who}${to}`) ?? 0) + 1); // a link keeps its order
            lastAt.set(`${who}${to}`, at);
            arrivals.push({ to, from: who, line, at }, { to, from: who, line, at }); // and may say a thing twice
          }
        });
        deliver(Number.MAX_SAFE_INTEGER);
        for (const one of people) {
          const shown = (chats.get(one) ?? NO_LINES).shown;
          expect(shown.length).toBe(acts.length);
          expect(new Set(shown.map(({ id }) => id)).size).toBe(acts.length);
          for (const writer of people) {
            const steps = shown.filter((line) => line.writer === writer).map(({ text }) => Number(text));
            expect(steps).toEqual([...steps].sort((a, b) => a - b));
          }
        }

        function addTo(who: string, line: Line, now: number) {
          const before = chats.get(who) ?? NO_LINES;
          const after = addLine(before, line, now, line.writer === who ? 0 : WAIT);
          expect(after.shown.slice(0, before.shown.length)).toEqual(before.shown);
          chats.set(who, after);
        }
        function deliver(now: number) {
          arrivals.sort((a, b) => a.at - b.at);
          while (arrivals[0] && arrivals[0].at <= now) {
            const next = arrivals.shift();
            if (next) addTo(next.to, next.line, next.at);
          }
          if (now !== Number.MAX_SAFE_INTEGER) return;
          for (const one of people) chats.set(one, releaseDue(chats.get(one) ?? NO_LINES, now));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('SH3 a transcript received whole is ordered by counter, then id, and comes first', () => {
    const q = write(NO_LINES, MIA, 'q');
    const a = write(addLine(NO_LINES, q, T0, 0), ANNA, 'a');
    const now = addLine(NO_LINES, write(NO_LINES, BOB, 'now'), T0, 0);
    const whole = addTranscript(now, [a, q, a]);
    expect(texts(whole)).toEqual(['q', 'a', 'now']);
    expect(texts(addTranscript(whole, [q, a]))).toEqual(['q', 'a', 'now']);
    expect(nextLine(whole, { writer: BOB, name: 'Bob', to: undefined, text: 'x', at: T0 }).clock).toBeGreaterThan(
      a.clock,
    );
  });

  test('SH3 nobody can write so that others cannot write any more', () => {
    const hostile: Line = { ...write(NO_LINES, MIA, 'x'), clock: 2 ** 40 };
    let chat = addLine(NO_LINES, hostile, T0, WAIT);
    expect(write(chat, ANNA, 'still here').clock).toBeLessThan(1_000);
    for (let at = 0; at < 40; at++) chat = addLine(chat, write(chat, at.toString(16).padStart(32, '0'), 'x'), T0, 0);
    const line = write(chat, ANNA, 'after forty writers');
    expect(parseMessage(writeMessage({ v: 1, type: 'chat.line', line }))).toBeDefined();
  });

  test('SH3 a line from a moment there is no date for is no line: it would fail wherever it is shown', () => {
    const said = (at: number) =>
      parseMessage(writeMessage({ v: 1, type: 'chat.line', line: { ...write(NO_LINES, MIA, 'x'), at } }));
    for (const at of [0, T0, 8.64e15]) expect(said(at), String(at)).toBeDefined();
    for (const at of [-1, 8.64e15 + 1, Number.MAX_SAFE_INTEGER]) expect(said(at), String(at)).toBeUndefined();
  });

  test('RE1 a writer who lost what it kept never gives a number twice', () => {
    const first = write(NO_LINES, ANNA, 'before the loss', T0);
    const later = write(NO_LINES, ANNA, 'after it', T0 + 5_000);
    expect(later.id).not.toBe(first.id);
  });
});
