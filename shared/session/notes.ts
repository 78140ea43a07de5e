import type { Note } from './note.ts';
import { type SessionState, stayOf } from './session.ts';

/**
 * What the roster says has happened and this page's journal does not yet: each happening is noted once, whatever is
 * reloaded meanwhile. `removed`: stays that the primary said it ended.
 */
export function missingNotes(state: SessionState, removed: ReadonlySet<string>): Note[] {
  const { roster, notes } = state;
  const noted = new Set(notes.map(({ key }) => key));
  const missing: Note[] = [];
  const note = (what: Note['what'], who: string, name: string, key: string) => {
    if (!noted.has(key)) missing.push({ v: 1, type: 'note', what, who, name, key });
  };
  for (const one of roster.participants) {
    const began = one.way === 'started' ? 'started' : 'joined';
    note(began, one.id, one.name, stayOf(one));
    const gone = lastAbout(state, one.id) === 'gone';
    if (one.state === 'gone') note('gone', one.id, one.name, `${one.id} gone ${one.since}`);
    else if (one.state === 'present' && gone) note('back', one.id, one.name, `${one.id} back ${one.since}`);
  }
  for (const { who, name, key } of notes.filter(({ what }) => what === 'joined' || what === 'started')) {
    if (roster.participants.some(({ id, joinedAt }) => key === stayOf({ id, joinedAt }))) continue;
    note(removed.has(key) ? 'removed' : 'left', who, name, `${key} out`);
  }
  return missing;
}

function lastAbout(state: SessionState, who: string): Note['what'] | undefined {
  return state.notes.findLast((note) => note.who === who)?.what;
}
