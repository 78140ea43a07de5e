import { type ReadonlySignal, signal } from '@preact/signals';
import type { Send, Snapshot } from '../../../shared/session/view.ts';
import type { SignIn } from '../../settings.ts';

/** What holds an agent's sessions in this page. */
export interface Desk {
  snapshot: ReadonlySignal<Snapshot>;
  send: Send;
  close(): void;
}

// TODO(lead): createDeskClient of shared/client.
export function openDesk(signIn: SignIn): Desk {
  return {
    snapshot: signal<Snapshot>({
      desk: signIn.desk,
      site: signIn.relay,
      me: signIn.agent.name,
      modes: signIn.agent.modes,
      relay: { is: 'waiting', since: 0 },
      sessions: [],
      selected: undefined,
    }),
    send: async () => ({ ok: false, error: 'relay-unreachable' }),
    close: () => {},
  };
}
