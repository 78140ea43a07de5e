import { useId, useState } from 'preact/hooks';
import type { T } from '../../shared/locales/messages.ts';
import type { ParticipantView, SessionView } from '../../shared/session/view.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Avatar, PersonName } from '../../shared/ui/person-name.tsx';

/** Who is here, one press away: with what each is, and how far the connection to them has been checked. */
export function People({ session }: { session: SessionView }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const here = session.participants.filter((one) => one.state !== 'gone');
  return (
    <div class="people">
      <Button kind="quiet" icon="users" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {t('site.people.here', { count: here.length })}
      </Button>
      <ul id={id} class="card people-list" hidden={!open} aria-label={t('site.people')}>
        {session.participants.map((one) => (
          <li key={one.id} class="row">
            <Avatar name={one.name} />
            <div class="grow">
              <PersonName name={one.name} />
              <p class="meta">{[roleText(t, one, session.you), stateText(t, one)].filter(Boolean).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function roleText(t: T, one: ParticipantView, you: string): string {
  if (one.id === you) return t('site.people.you');
  switch (one.role) {
    case 'primary':
      return t('word.primary');
    case 'assistant':
      return t('word.assistant');
    case 'customer':
      return t('word.customer');
  }
}

function stateText(t: T, one: ParticipantView): string {
  if (one.state === 'gone') return t('site.people.gone');
  if (one.state === 'away') return t('site.people.away');
  if (one.link.is === 'self' || one.link.is === 'none') return '';
  switch (one.assurance) {
    case 'proven':
      return t('site.assurance.proven');
    case 'not compared':
      return t('site.assurance.notComparedShort');
    case 'mismatch':
      return t('site.assurance.mismatchShort');
    case 'pending':
      return '';
  }
}
