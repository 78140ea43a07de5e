import type { SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { clockText } from './time.tsx';

/** To an assistant whose session waits for another agent (TS4): they stay, and nobody manages it until one accepts; to that one too. */
export function OfferedNotice({ session: { offered } }: { session: SessionView }) {
  const t = useT();
  if (!offered) return null;
  const time = clockText(t, offered.since);
  if (offered.acceptor) {
    return (
      <Notice tone="info">
        <WithName text={t('offered.accepted', { name: NAME_SLOT })} name={offered.acceptor} />
      </Notice>
    );
  }
  return (
    <Notice tone={offered.nobody ? 'warn' : 'info'}>
      {offered.name ? t('offered.queue', { time, queue: offered.name[t.language] }) : t('offered.agents', { time })}{' '}
      {offered.nobody ? t('offered.nobody') : t('offered.meanwhile')}
    </Notice>
  );
}
