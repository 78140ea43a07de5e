import { useId } from 'preact/hooks';
import type { SessionView } from '../../shared/session/view.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { durationText, useNow } from '../../shared/ui/time.tsx';

/** The session waits for another agent (TS5): the customer's place, and that nothing is asked of them. */
export function OfferedNotice({ session: { offered }, desk }: { session: SessionView; desk: string }) {
  const t = useT();
  const id = useId();
  const now = useNow();
  if (!offered) return null;
  return (
    <section class="card matter" aria-labelledby={id}>
      <div role="status">
        <h2 id={id}>{t('site.offered.title')}</h2>
        <p>
          {offered.acceptor ? (
            <WithName text={`${t('site.offered.connecting', { name: NAME_SLOT })} `} name={offered.acceptor} />
          ) : (
            offered.place !== undefined && `${t('site.offered.place', { place: offered.place })} `
          )}
          {t('site.offered.what')}
        </p>
        {offered.nobody && <p>{t('site.offered.long', { desk })}</p>}
      </div>
      <p class="waited soft" role="timer">
        <span class="pulse" aria-hidden="true" />
        {t('site.waiting.since', { time: durationText(now - offered.since) })}
      </p>
    </section>
  );
}
