import { useEffect, useRef, useState } from 'preact/hooks';

const PAUSE_MS = 400;

/**
 * A half-typed line, kept by the session (so a reload, another view or a hand-over has it) a moment after the last key,
 * and at once when the view goes. What another view typed is taken over, unless something here is still unsaved; the
 * echoes of what was saved from here are not, or they would undo what was typed since.
 */
export function useDraft(kept: string, keep: (text: string) => void): [string, (text: string, when?: 'now') => void] {
  const [text, setText] = useState(kept);
  const unsaved = useRef<string | undefined>(undefined);
  const underway = useRef<string[]>([]);
  const known = useRef(kept);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    unsaved.current = undefined;
    if (draft === undefined || draft === known.current) return;
    known.current = draft;
    underway.current.push(draft);
    keep(draft);
  };
  const newestSave = useRef(save);
  newestSave.current = save;

  useEffect(() => {
    const echo = underway.current.indexOf(kept);
    if (echo >= 0) underway.current.splice(0, echo + 1);
    else if (unsaved.current === undefined && kept !== known.current) {
      known.current = kept;
      setText(kept);
    }
  }, [kept]);
  useEffect(() => () => newestSave.current(), []);

  const set = (next: string, when?: 'now') => {
    setText(next);
    unsaved.current = next;
    clearTimeout(timer.current);
    if (when === 'now') save();
    else timer.current = setTimeout(() => newestSave.current(), PAUSE_MS);
  };
  return [text, set];
}
