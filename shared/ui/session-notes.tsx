import { useId } from 'preact/hooks';
import { OfferNotes } from '../protocol/offer-message.ts';
import { z } from '../protocol/schema.ts';
import type { Send, SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { useDraft } from './use-draft.ts';

/** What the agent notes about the session: with a transfer it goes to who accepts, as far as it fits (TS4). */
export function SessionNotes({ session, send }: { session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useDraft(session.notes, (notes) => {
    void send({ type: 'notes', session: session.id, text: notes });
  });
  const long = !z.safeParse(OfferNotes, text).success;
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
