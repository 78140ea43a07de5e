import { useState } from 'preact/hooks';
import type { T } from '../../shared/locales/messages.ts';
import type { ChatEvent, SessionView } from '../../shared/session/view.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { NAME_SLOT, OTHER_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { useNow } from '../../shared/ui/time.tsx';
import { primaryOf } from './concern.ts';

/** ms; who opens the page again later reads it in the chat. */
const NEWS = 2 * 60_000;

/** Somebody else helps from now on (TC, TS5): who handed over to whom, and that nothing runs on of what ran. */
export function HandedNotice({ session }: { session: SessionView }) {
  const t = useT();
  const now = useNow();
  const [read, setRead] = useState('');
  const last = session.chat.items.findLast((item) => item.kind === 'event' && isHanded(item.what));
  if (last?.kind !== 'event' || last.id === read || now - last.at > NEWS) return null;
  const to = last.to ?? '';
  if (primaryOf(session)?.name !== to) return null;
  const slots = { from: NAME_SLOT, to: OTHER_SLOT };
  return (
    <Notice tone="info" action={<Button onClick={() => setRead(last.id)}>{t('site.handed.ok')}</Button>}>
      <p>
        <strong>
          <WithName text={titleText(t, last.what, slots)} name={last.name} other={to} />
        </strong>
      </p>
      <p>
        <WithName text={t('site.handed.what', slots)} name="" other={to} />
      </p>
    </Notice>
  );
}

const isHanded = (what: ChatEvent) => what === 'handed over' || what === 'accepted' || what === 'taken back';

function titleText(t: T, what: ChatEvent, slots: { from: string; to: string }): string {
  if (what === 'accepted') return t('site.handed.accepted', slots);
  return what === 'taken back' ? t('site.handed.takenBack', slots) : t('site.handed.title', slots);
}
