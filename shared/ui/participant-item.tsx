import { useId, useRef, useState } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import { may } from '../protocol/permissions.ts';
import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { AssuranceChip, assuranceWhy } from './assurance.tsx';
import { Button } from './button.tsx';
import { Chip } from './chip.tsx';
import { CompareCode, comparison, differsText, isComparing } from './compare-code.tsx';
import { focusIt } from './focus-it.ts';
import { useT } from './i18n.ts';
import { linkText } from './link-words.ts';
import { Avatar, NAME_SLOT, PersonName, WithName } from './person-name.tsx';
import { RequestScreen } from './request-screen.tsx';
import { customers, roleWord } from './session-words.ts';
import { clockText, useNow } from './time.tsx';
import { useAct } from './use-act.ts';

interface ParticipantItemProps {
  participant: ParticipantView;
  session: SessionView;
  send: Send;
}

export function ParticipantItem({ participant, session, send }: ParticipantItemProps) {
  const t = useT();
  const id = useId();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const goingBack = useRef(false);
  const act = useAct();
  const self = participant.id === session.you;
  const open = session.phase !== 'ended';
  const about = { session: session.id, participant: participant.id };
  const comparing = open && isComparing(session, participant);
  const mayCompare =
    open && session.role === 'primary' && participant.assurance === 'not compared' && participant.link.is === 'live';
  const why = self || comparing ? '' : whyText(t, session, participant);
  const mayRemove = open && !self && may(session.role, 'remove');
  const mayShow = open && participant.mayGetEarlierChat && may(session.role, 'show earlier chat');
  const several = customers(session).filter(({ state }) => state !== 'gone').length > 1;
  const helped = several && session.helped === participant.id;
  const mayHelp = several && !helped && participant.role === 'customer' && may(session.role, 'select');
  const mayRequest = session.activities.screen.mayAsk && participant.role === 'customer';
  return (
    <li class="participant">
      <Avatar name={participant.name} tone={participant.assurance === 'mismatch' ? 'stop' : 'calm'} />
      <div class="participant-main">
        <div class="row wrapping" id={id}>
          <b class="participant-name">
            <PersonName name={participant.name} />
          </b>
          {self && <span class="meta">{t('participants.you')}</span>}
          {!self && <AssuranceChip participant={participant} />}
          {open && helped && <Chip tone="on">{t('participants.helped')}</Chip>}
        </div>
        <p class="meta">
          {roleWord(t, participant.role)}
          {' · '}
          {t('participants.since', { time: clockText(t, participant.joinedAt) })}
          {!self && open && participant.assurance !== 'mismatch' && ` · ${linkText(t, participant, now)}`}
        </p>
        {open && why && (
          <p class={participant.assurance === 'mismatch' ? 'meta problem' : 'meta'} role="status">
            <WithName text={why} name={participant.name} />
          </p>
        )}
        {comparing && (
          <fieldset class="participant-ask compare">
            <legend>
              <WithName text={t('compare.title', { name: NAME_SLOT })} name={participant.name} />
            </legend>
            <CompareCode session={session} who={participant} send={send} />
          </fieldset>
        )}
        {open && !asking && !comparing && (mayHelp || mayRemove || mayShow || mayRequest || mayCompare) && (
          <div class="row wrapping participant-acts">
            {mayHelp && (
              <Button
                aria-describedby={id}
                disabled={act.busy}
                onClick={() => void act.run(() => send({ type: 'help', ...about }))}
              >
                {t('participants.help')}
              </Button>
            )}
            {mayRequest && <RequestScreen session={session} participant={participant} send={send} />}
            {mayCompare && (
              <Button
                aria-describedby={id}
                disabled={act.busy}
                onClick={() =>
                  void act.run(() => send({ type: 'compare.start', session: session.id, who: participant.id }))
                }
              >
                {t('compare.start')}
              </Button>
            )}
            {mayShow && (
              <Button
                aria-describedby={id}
                disabled={act.busy}
                onClick={() => void act.run(() => send({ type: 'show earlier chat', ...about }))}
              >
                {t('participants.showEarlier')}
              </Button>
            )}
            {mayRemove && (
              <Button
                buttonRef={(button) => {
                  if (button && goingBack.current) button.focus();
                  goingBack.current = false;
                }}
                aria-describedby={id}
                disabled={act.busy}
                onClick={() => setAsking(true)}
              >
                {t('participants.remove')}
              </Button>
            )}
          </div>
        )}
        {asking && (
          <fieldset class="participant-ask">
            <legend>
              <WithName text={t('participants.removeAsk', { name: NAME_SLOT })} name={participant.name} />
            </legend>
            <div class="row wrapping">
              <Button
                kind="stop"
                disabled={act.busy}
                onClick={() => void act.run(() => send({ type: 'remove', ...about })).then(() => setAsking(false))}
              >
                {t('participants.removeYes')}
              </Button>
              <Button
                buttonRef={focusIt}
                onClick={() => {
                  goingBack.current = true;
                  setAsking(false);
                }}
              >
                {t('act.cancel')}
              </Button>
            </div>
          </fieldset>
        )}
        {(act.slow || act.problem) && (
          <p class={act.problem ? 'meta problem' : 'meta'} role="status">
            {act.problem || t('act.waitsForServer')}
          </p>
        )}
      </div>
    </li>
  );
}

/** What is known of the link, and what to do about it. */
function whyText(t: T, session: SessionView, participant: ParticipantView): string {
  const pair = comparison(session, participant);
  if (pair?.stage === 'differs') return differsText(t, !pair.first);
  if (pair?.stage === 'over' && pair.first) return t('compare.over', { name: NAME_SLOT });
  return assuranceWhy(t, participant);
}
