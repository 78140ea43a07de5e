import type { T } from '../../shared/locales/messages.ts';
import type { SessionView } from '../../shared/session/view.ts';
import { useT } from '../../shared/ui/i18n.ts';
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
    const text = concernText(t, concern, desk);
    const name = 'name' in concern ? concern.name : '';
    const danger = concern.is === 'mismatch';
    if (text)
      return (
        <Notice tone={danger ? 'stop' : 'warn'} urgent={danger}>
          <WithName text={text} name={name} />
        </Notice>
      );
  }
  return primaryOf(session)?.assurance === 'not compared' ? <NotCompared /> : null;
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
