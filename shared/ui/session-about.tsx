import type { SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { WithNames } from './names.tsx';
import { NAME_SLOT } from './person-name.tsx';
import { customers } from './session-words.ts';

/** Whose session a dialog or panel is about: another may have been chosen since it was asked for. */
export function SessionAbout({ session }: { session: SessionView }) {
  const t = useT();
  const names = customers(session).map(({ name }) => name);
  return (
    <p class="meta session-about">
      {names.length > 0 ? (
        <WithNames t={t} text={t('session.with', { names: NAME_SLOT })} names={names} cut />
      ) : (
        t('session.waiting')
      )}
    </p>
  );
}
