import { useId } from 'preact/hooks';
import { OfferNotes } from '../protocol/offer-message.ts';
import { z } from '../protocol/schema.ts';
import type { Send, SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { useDraft } from './use-draft.ts';

/** Whether they can go along with a transfer: the same schema as the relay's. */
export function notesFit(notes: string): boolean {
  return z.safeParse(OfferNotes, notes).success;
}

/** What the agent notes about the session: with a transfer it goes to who accepts. Too much stays in the field. */
export function SessionNotes({ session, send }: { session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useDraft(session.notes, (notes) => {
    if (notesFit(notes)) void send({ type: 'notes', session: session.id, text: notes });
  });
  const long = !notesFit(text);
  return (
    <div>
      <label class="label" for={id}>
        {t('notes.title')}
      </label>
      <textarea
        id={id}
        class="field notes-field"
        rows={6}
        dir="auto"
        aria-describedby={`${id}-what`}
        aria-invalid={long}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p id={`${id}-what`} class={long ? 'meta problem field-line' : 'meta field-line'}>
        {long ? t('notes.tooLong') : t('notes.what')}
      </p>
    </div>
  );
}
