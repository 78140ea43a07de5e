import type { T } from '../locales/messages.ts';
import type { ParticipantView } from '../session/view.ts';
import { LASTED_MS } from './trouble.ts';

/** How the link to somebody stands; a loss only once it has lasted. */
export function linkText(t: T, participant: ParticipantView, now: number): string {
  if (participant.state === 'gone') return t('link.gone');
  if (participant.state === 'away') return t('link.away');
  switch (participant.link.is) {
    case 'live':
    case 'self':
      return t('link.live');
    case 'lost':
      return now - participant.link.since >= LASTED_MS ? t('link.lost') : t('link.live');
    case 'connecting':
      return t('link.connecting');
    case 'none':
      return t('link.none');
  }
}
