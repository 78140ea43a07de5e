import { useRef, useState } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { CompareCode, comparison, differsText, isComparing } from './compare-code.tsx';
import { focusIt } from './focus-it.ts';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';

/** Whether the agent is to be reminded, once for each person, that nothing has proven the link to `who` yet (SE1). */
function needsReminder(session: SessionView, who: ParticipantView): boolean {
  return who.assurance === 'not compared' && !session.activities.compare.reminded.includes(who.id);
}

/**
 * What stands before a screen is asked for on a link that is not compared. `before` does `then` at once when no reminder
 * is due, else after the agent went on; `reminder` is to be drawn beside the button.
 */
export function useCompareReminder(session: SessionView, send: Send) {
  const given = useRef(false); // before the snapshot says so
  const [asked, setAsked] = useState<{ who: string; from: Element | null; then: () => void }>();
  const who = session.participants.find(({ id }) => id === asked?.who);
  const close = () => {
    setAsked(undefined);
    if (asked?.from instanceof HTMLElement) asked.from.focus();
  };
  return {
    before(person: ParticipantView, then: () => void): void {
      if (!given.current && needsReminder(session, person)) {
        given.current = true;
        void send({ type: 'compare.reminded', session: session.id, who: person.id });
        setAsked({ who: person.id, from: document.activeElement, then });
      } else then();
    },
    reminder: asked && who && (
      <CompareReminder
        session={session}
        who={who}
        send={send}
        onClose={close}
        onGoOn={() => {
          close();
          asked.then();
        }}
      />
    ),
  };
}

function CompareReminder({
  session,
  who,
  send,
  onGoOn,
  onClose,
}: {
  session: SessionView;
  who: ParticipantView;
  send: Send;
  onGoOn(): void;
  onClose(): void;
}) {
  const t = useT();
  const comparing = isComparing(session, who);
  const start = () => void send({ type: 'compare.start', session: session.id, who: who.id });
  return (
    <fieldset class="participant-ask compare compare-reminder">
      <legend>{t('compare.remind')}</legend>
      {comparing ? (
        <CompareCode session={session} who={who} send={send} />
      ) : (
        <>
          <p role="status">
            <WithName text={wordsFor(t, session, who)} name={who.name} />
          </p>
          <div class="row wrapping">
            {who.assurance === 'not compared' && (
              <>
                <Button kind="primary" buttonRef={focusIt} onClick={start}>
                  {t('compare.start')}
                </Button>
                <Button onClick={onGoOn}>{t('compare.goOnAnyway')}</Button>
              </>
            )}
            {who.assurance === 'proven' && (
              <Button kind="primary" buttonRef={focusIt} onClick={onGoOn}>
                {t('compare.goOn')}
              </Button>
            )}
            <Button onClick={onClose}>{t('act.cancel')}</Button>
          </div>
        </>
      )}
    </fieldset>
  );
}

function wordsFor(t: T, session: SessionView, who: ParticipantView): string {
  if (who.assurance === 'proven') return t('compare.done', { name: NAME_SLOT });
  const stage = comparison(session, who)?.stage;
  if (stage === 'differs') return differsText(t, false);
  return stage === 'over' ? t('compare.over', { name: NAME_SLOT }) : t('compare.remindWhy', { name: NAME_SLOT });
}
