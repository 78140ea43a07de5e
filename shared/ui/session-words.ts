import type { T } from '../locales/messages.ts';
import type { Role } from '../protocol/permissions.ts';
import type { ParticipantView, SessionView } from '../session/view.ts';

/** Those who may still come back or are here: everybody but who is gone for good is in the roster. */
export function customers(session: SessionView): ParticipantView[] {
  return session.participants.filter((one) => one.role === 'customer');
}

/** Names a session in a list: its customers, or that it waits for one. */
export function sessionTitle(t: T, session: SessionView): string {
  const names = customers(session).map((one) => one.name);
  return names.length > 0 ? names.join(', ') : t('session.waiting');
}

export function roleWord(t: T, role: Role): string {
  switch (role) {
    case 'primary':
      return t('word.primary');
    case 'assistant':
      return t('word.assistant');
    case 'customer':
      return t('word.customer');
  }
}

/** Why it is over, and by whom. */
export function endedText(t: T, session: Pick<SessionView, 'ended'>): string {
  const by = session.ended?.by ?? '';
  switch (session.ended?.why) {
    case undefined:
      return '';
    case 'ended':
      return by ? t('ended.by', { name: by }) : t('ended.ended');
    case 'closed':
      return by ? t('ended.closedBy', { name: by }) : t('ended.closed');
    case 'signed out':
      return by ? t('ended.signedOut', { name: by }) : t('ended.signedOutNobody');
    case 'unjoined':
      return t('ended.unjoined');
    case 'idle':
      return t('ended.idle');
    case 'primary away':
      return t('ended.primaryAway');
    case 'nobody took it':
      return t('ended.nobodyTookIt');
    case 'removed':
      return t('ended.removed');
    case 'left':
      return t('ended.left');
    case 'said no':
      return t('ended.saidNo', { name: by });
    case 'not connected':
      return t('ended.notConnected');
  }
}
