import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { CHAT_LINE_CHARACTERS } from '../protocol/limits.ts';
import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { AssuranceChip } from './assurance.tsx';
import { Button } from './button.tsx';
import { focusIt } from './focus-it.ts';
import { useT } from './i18n.ts';
import { linkText } from './link-words.ts';
import { PersonName } from './person-name.tsx';
import { clockText, useNow } from './time.tsx';
import { useAct } from './use-act.ts';

interface TransferControlProps {
  session: SessionView;
  send: Send;
  onInvite(): void;
  onDone(): void;
}

/** To whom control goes (TC1): every assistant, who is here first. With none there is somebody to invite. */
export function TransferControl({ session, send, onInvite, onDone }: TransferControlProps) {
  const t = useT();
  const id = useId();
  const act = useAct();
  const assistants = session.participants.filter(({ role, state }) => role === 'assistant' && state !== 'gone');
  const [only] = assistants;
  const [chosen, setChosen] = useState<string | undefined>(assistants.length === 1 ? only?.id : undefined);
  const [note, setNote] = useState('');
  const to = assistants.find((one) => one.id === chosen);
  const list = useRef<HTMLFieldSetElement>(null);
  const opening = useRef(true);
  // Once: who comes or goes later must not take the focus out of the note that is being typed.
  useEffect(() => {
    opening.current = false;
    list.current?.querySelector('input')?.focus();
  }, []);
  // Who has left is not chosen again by coming back.
  useEffect(() => {
    if (!to) setChosen(undefined);
  }, [to]);

  if (!only)
    return (
      <div class="column">
        <p>{t('transfer.nobody')}</p>
        <div class="row wrapping">
          <Button kind="primary" icon="invite" {...(opening.current ? { buttonRef: focusIt } : {})} onClick={onInvite}>
            {t('panel.invite')}
          </Button>
          <Button onClick={onDone}>{t('act.cancel')}</Button>
        </div>
      </div>
    );
  const transfer = async () => {
    if (!to) return;
    const said = note.trim();
    const answer = await act.run(() =>
      send({ type: 'transfer control', session: session.id, to: to.id, ...(said !== '' && { note: said }) }),
    );
    if (answer?.ok) onDone();
  };
  return (
    <form
      class="column"
      onSubmit={(event) => {
        event.preventDefault();
        void transfer();
      }}
    >
      <p>{t('transfer.what')}</p>
      <fieldset class="column transfer-list" ref={list}>
        <legend class="label">{t('transfer.to')}</legend>
        {assistants.map((one) => (
          <Assistant key={one.id} one={one} chosen={one.id === chosen} onChoose={() => setChosen(one.id)} />
        ))}
      </fieldset>
      <div>
        <label class="label" for={id}>
          {t('transfer.note')}
        </label>
        <textarea
          id={id}
          class="field"
          rows={2}
          dir="auto"
          maxLength={CHAT_LINE_CHARACTERS}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      {(act.slow || act.problem) && (
        <p class={act.problem ? 'problem' : 'meta'} role="status">
          {act.problem || t('act.waitsForServer')}
        </p>
      )}
      <div class="row wrapping">
        <Button kind="primary" submit disabled={act.busy || !to}>
          {t('transfer.control')}
        </Button>
        <Button onClick={onDone}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}

interface AssistantProps {
  one: ParticipantView;
  chosen: boolean;
  onChoose(): void;
}

function Assistant({ one, chosen, onChoose }: AssistantProps) {
  const t = useT();
  const now = useNow();
  const id = useId();
  return (
    <label class="row transfer-choice">
      <input type="radio" name="transfer-to" checked={chosen} onChange={onChoose} aria-labelledby={id} />
      <span class="grow">
        <span class="row wrapping" id={id}>
          <b>
            <PersonName name={one.name} />
          </b>
          <AssuranceChip participant={one} />
        </span>
        <span class="meta">
          {t('participants.since', { time: clockText(t, one.joinedAt) })} · {linkText(t, one, now)}
        </span>
      </span>
    </label>
  );
}
