import type { SessionView } from '../session/view.ts';
import { isComparing } from './compare-code.tsx';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';

/** Tells an assistant that the primary compares a code with them, and where it stands. */
export function CompareLook({ session }: { session: SessionView }) {
  const t = useT();
  const primary = session.participants.find(({ role }) => role === 'primary');
  if (session.role === 'primary' || !primary || !isComparing(session, primary)) return null;
  return (
    <Notice tone="info">
      <WithName text={t('compare.look', { name: NAME_SLOT })} name={primary.name} />
    </Notice>
  );
}
