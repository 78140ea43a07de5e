import { effect, signal } from '@preact/signals';
import { Snapshot } from '../../../extension/bridge/snapshot.ts';
import type { Desk } from '../../../extension/entrypoints/dashboard/desk.ts';
import type { SignIn } from '../../../extension/settings.ts';
import { z } from '../../../shared/protocol/schema.ts';
import type { Command, SessionView } from '../../../shared/session/view.ts';
import { NO_OFFERS, NOT_OFFERED, NOTHING_KEPT, NOTHING_ON } from '../activities.ts';

/**
 * In the place of the real desk, for tests of the extension's shell alone: sessions of one person, no relay, no links.
 * Put into a build of its own by `builds.ts`; nothing of it is in the product.
 */
export async function openDesk(signIn: SignIn): Promise<Desk> {
  const kept: unknown = JSON.parse(sessionStorage.getItem('scripted') ?? 'null');
  const snapshot = signal<Desk['snapshot']['value']>(
    z.safeParse(Snapshot, kept).data ?? {
      desk: signIn.desk,
      site: signIn.relay,
      me: signIn.agent.name,
      modes: signIn.agent.modes,
      relay: { is: 'online' },
      sessions: [],
      selected: undefined,
      ...NO_OFFERS,
    },
  );
  effect(() => sessionStorage.setItem('scripted', JSON.stringify(snapshot.value))); // a reload goes on
  const change = (id: string, changed: (session: SessionView) => SessionView): void => {
    const sessions = snapshot.value.sessions.map((session) => (session.id === id ? changed(session) : session));
    snapshot.value = { ...snapshot.value, sessions };
  };
  const act = (command: Command): unknown => {
    switch (command.type) {
      case 'start': {
        const session = newSession(signIn, command.email);
        snapshot.value = { ...snapshot.value, sessions: [...snapshot.value.sessions, session], selected: session.id };
        return { session: session.id };
      }
      case 'select':
        snapshot.value = { ...snapshot.value, selected: command.session };
        return undefined;
      case 'prompted':
        return change(command.session, (session) => ({ ...session, invitePrompt: false }));
      case 'draft':
        return change(command.session, (session) => ({ ...session, chat: { ...session.chat, draft: command.text } }));
      case 'end':
        return change(command.session, (session) => ({
          ...session,
          phase: 'ended',
          ended: { why: 'ended', by: signIn.agent.name, at: Date.now() },
        }));
      default:
        return undefined;
    }
  };
  return {
    snapshot,
    send: async (command) => ({ ok: true, value: act(command) }),
    media: () => undefined,
    recordings: NOTHING_KEPT,
    unreadable: 0,
    close: () => {},
  };
}

function newSession(signIn: SignIn, invitePrompt: boolean): SessionView {
  return {
    id: crypto.randomUUID().replaceAll('-', ''),
    number: '4182057730',
    mode: 'multi',
    role: 'primary',
    phase: 'open',
    startedAt: Date.now(),
    ended: undefined,
    you: signIn.device,
    participants: [
      {
        id: signIn.device,
        name: signIn.agent.name,
        role: 'primary',
        way: 'started',
        state: 'present',
        joinedAt: Date.now(),
        link: { is: 'self' },
        assurance: 'proven',
        mayGetEarlierChat: false,
      },
    ],
    knocks: [],
    helped: undefined,
    primaryAway: undefined,
    ...NOT_OFFERED,
    activities: NOTHING_ON,
    chat: { items: [], unread: 0, draft: '', to: [] },
    invitePrompt,
    waitingForRelay: false,
    reported: false,
  };
}
