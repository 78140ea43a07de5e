import type { T } from '../../shared/locales/messages.ts';
import type { SessionView } from '../../shared/session/view.ts';
import { comparison, isComparing } from '../../shared/ui/compare-code.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { NAME_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { type Concern, concernOf, primaryOf } from './concern.ts';
import { useLasting } from './lasting.ts';

/** What is wrong with the connection, or how far it has been checked (SE1), in words for somebody who is worried. */
export function ConcernNotice({ session, desk }: { session: SessionView; desk: string }) {
  const t = useT();
  const concern = concernOf(session);
  const since = 'since' in concern ? concern.since : undefined;
  const lasting = useLasting(since);
  if (since === undefined || lasting) {
    const text = hasDiffered(session) ? t('site.compare.differs', { desk }) : concernText(t, concern, desk);
    const name = 'name' in concern ? concern.name : '';
    const danger = concern.is === 'mismatch';
    if (text)
      return (
        <Notice tone={danger ? 'stop' : 'warn'} urgent={danger}>
          <WithName text={text} name={name} />
        </Notice>
      );
  }
  const primary = primaryOf(session);
  if (!primary || isComparing(session, primary)) return null;
  if (comparison(session, primary)?.stage === 'compared') return <Compared name={primary.name} />;
  return primary.assurance === 'not compared' ? <NotCompared /> : null;
}

function hasDiffered(session: SessionView): boolean {
  const primary = primaryOf(session);
  return primary !== undefined && comparison(session, primary)?.stage === 'differs';
}

function Compared({ name }: { name: string }) {
  const t = useT();
  return (
    <p class="compared" role="status">
      <Icon name="shield" />
      <span>
        <WithName text={t('compare.done', { name: NAME_SLOT })} name={name} />
      </span>
    </p>
  );
}

function NotCompared() {
  const t = useT();
  return (
    <details class="not-compared">
      <summary>{t('site.assurance.notCompared')}</summary>
      <p>{t('site.assurance.notComparedMeans')}</p>
    </details>
  );
}

function concernText(t: T, concern: Concern, desk: string): string {
  switch (concern.is) {
    case 'mismatch':
      return t('site.assurance.mismatch', { name: NAME_SLOT, desk });
    case 'nobody':
      return t('site.session.nobody');
    case 'away':
      return t('site.session.away', { name: NAME_SLOT });
    case 'lost':
      return t('site.session.lost', { name: NAME_SLOT });
    case 'connecting':
      return t('site.session.connecting', { name: NAME_SLOT });
    case 'none':
      return '';
  }
}
