import type { T } from '../locales/messages.ts';
import type { ParticipantView, Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { useAct } from './use-act.ts';

/** How far comparing with `who` is; `undefined` when it has not been tried. */
export function comparison(session: SessionView, who: ParticipantView) {
  return session.activities.compare.pairs.find((pair) => pair.with === who.id);
}

/** There is something of it on the screen: digits, or that they come. */
export function isComparing(session: SessionView, who: ParticipantView): boolean {
  const stage = comparison(session, who)?.stage;
  return stage === 'under way' || stage === 'shown' || stage === 'waiting' || stage === 'again';
}

/**
 * The code that two people read to each other (SE1): the digits, who reads which half, and what they say of them. The
 * halves are read by different people, so that nobody only repeats what they hear.
 */
export function CompareCode({ session, who, send }: { session: SessionView; who: ParticipantView; send: Send }) {
  const t = useT();
  const act = useAct();
  const pair = comparison(session, who);
  if (!pair) return null;
  const about = { session: session.id, who: who.id };
  const say = (is: 'matches' | 'differs' | 'over') =>
    void act.run(() => send({ type: 'compare.say', ...about, id: pair.id, is }));
  const named = (text: string) => <WithName text={text} name={who.name} />;
  const [first, last] = [pair.code?.slice(0, 3) ?? '', pair.code?.slice(3) ?? ''];
  return (
    <>
      {pair.stage === 'under way' && <p role="status">{named(t('compare.underWay', { name: NAME_SLOT }))}</p>}
      {pair.stage === 'again' && (
        <>
          <p role="status">{named(t('compare.again', { name: NAME_SLOT }))}</p>
          <div class="row wrapping">
            <Button disabled={act.busy} onClick={() => void act.run(() => send({ type: 'compare.again', ...about }))}>
              {t('compare.show')}
            </Button>
          </div>
        </>
      )}
      {pair.code !== null && (
        <>
          <p
            class="compare-digits"
            role="img"
            aria-label={t('compare.digits', { first: spaced(first), last: spaced(last) })}
          >
            <span>{first}</span>
            <span>{last}</span>
          </p>
          {pair.first ? (
            <>
              <p class="compare-words">{t('compare.words', { first: spaced(first) })}</p>
              <p>{t('compare.youFirst')}</p>
            </>
          ) : (
            <p>{named(t('compare.theyFirst', { name: NAME_SLOT }))}</p>
          )}
        </>
      )}
      {pair.stage === 'waiting' && <p role="status">{named(t('compare.waiting', { name: NAME_SLOT }))}</p>}
      {pair.code !== null && (
        <div class="row wrapping compare-answers">
          {pair.stage === 'shown' && (
            <Button kind="primary" disabled={act.busy} onClick={() => say('matches')}>
              {t('compare.matches')}
            </Button>
          )}
          <Button kind="stop" disabled={act.busy} onClick={() => say('differs')}>
            {t('compare.differs')}
          </Button>
        </div>
      )}
      {pair.first && isComparing(session, who) && (
        <div class="row wrapping">
          <Button kind="quiet" disabled={act.busy} onClick={() => say('over')}>
            {t('compare.cancel')}
          </Button>
        </div>
      )}
      {act.problem && (
        <p class="meta problem" role="status">
          {act.problem}
        </p>
      )}
    </>
  );
}

/** The code did not match: what it means for this side, with a slot for the other's name. */
export function differsText(t: T, guest: boolean): string {
  return guest ? t('compare.differsGuest', { name: NAME_SLOT }) : t('compare.differsWhy', { name: NAME_SLOT });
}

/** Digits are read one by one, by people and by screen readers; they stay on one line. */
function spaced(digits: string): string {
  return [...digits].join('\u00a0');
}
