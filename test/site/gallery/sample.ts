import type { ChatItem, ParticipantView, SessionView } from '../../../shared/session/view.ts';
import { NOT_OFFERED, NOTHING_ON } from '../../support/activities.ts';

const AT = Date.UTC(2026, 10, 23, 13, 2);
const id = (digit: string) => digit.repeat(32);

function person(about: Pick<ParticipantView, 'id' | 'name' | 'role'> & Partial<ParticipantView>): ParticipantView {
  return {
    way: 'link',
    state: 'present',
    joinedAt: AT,
    link: { is: 'live' },
    assurance: 'proven',
    mayGetEarlierChat: false,
    ...about,
  };
}

const line = (n: number, from: string, text: string, mine = false): ChatItem => ({
  kind: 'line',
  id: `line ${n}`,
  mine,
  from,
  to: undefined,
  text,
  at: AT + n * 60_000,
  waiting: n === 5,
});

export const HELPER = id('1');

/** A customer's session: Ann helps Mia, Bob assists. */
export function sample(about: Partial<SessionView>, helper: Partial<ParticipantView>): SessionView {
  return {
    id: id('a'),
    number: '',
    mode: 'multi',
    role: 'customer',
    phase: 'open',
    startedAt: AT,
    ended: undefined,
    you: id('2'),
    participants: [
      person({ id: id('1'), name: 'Ann de Vries', role: 'primary', ...helper }),
      person({ id: id('2'), name: 'Mia', role: 'customer', link: { is: 'self' } }),
      person({ id: id('3'), name: 'محمد', role: 'assistant' }),
    ],
    knocks: [],
    helped: undefined,
    primaryAway: undefined,
    ...NOT_OFFERED,
    activities: NOTHING_ON,
    chat: {
      items: [
        { kind: 'event', id: 'joined', at: AT, what: 'joined', name: 'Mia', to: undefined },
        line(1, 'Mia', 'Hello! It prints nothing at all, only white pages', true),
        line(
          2,
          'Ann de Vries',
          'Hi Mia, thanks. Could you open the printer settings? See https://help.example/printer',
        ),
        line(3, 'محمد', 'مرحبا 👋 <script>alert(1)</script>'),
        line(4, 'Mia', 'x'.repeat(300), true),
        line(5, 'Mia', 'On its way', true),
      ],
      unread: 0,
      draft: '',
      to: [{ id: id('1'), name: 'Ann de Vries' }],
    },
    invitePrompt: false,
    waitingForRelay: false,
    reported: false,
    ...about,
  };
}
