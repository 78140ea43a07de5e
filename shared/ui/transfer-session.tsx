import { useEffect, useState } from 'preact/hooks';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { fits, OfferMessageField } from './offer-message-field.tsx';
import { notesFit } from './session-notes.tsx';
import { byName, useSteadyOrder } from './steady-order.ts';
import { Tabs, tabPanel } from './tabs.tsx';
import { AgentChoices, byAvailable, QueueChoices } from './transfer-choices.tsx';
import { useAct } from './use-act.ts';
import { useTransferees } from './use-transferees.ts';

interface TransferSessionProps {
  session: SessionView;
  send: Send;
  onDone(): void;
}

type Tab = 'queues' | 'agents';
const PANEL = 'transfer-panel';

/** To whom the session is offered (TS2): one queue, or agents; with a message (TS3), and the notes written here. */
export function TransferSession({ session, send, onDone }: TransferSessionProps) {
  const t = useT();
  const act = useAct();
  const { known, problem } = useTransferees(send, { mode: session.mode });
  const [tab, setTab] = useState<Tab>('queues');
  const [queue, setQueue] = useState<string>();
  const [agents, setAgents] = useState<ReadonlySet<string>>(new Set());
  const [message, setMessage] = useState('');
  const queues = useSteadyOrder(known?.queues ?? [], (a, b) => byName(a.name[t.language], b.name[t.language]));
  const colleagues = useSteadyOrder(known?.agents ?? [], byAvailable);
  // Only at the first look: of two of which one is removed later, the other was not chosen by anybody.
  useEffect(() => {
    if (known?.queues.length === 1) setQueue(known.queues[0]?.id);
  }, [known === undefined]);
  const chosen = queues.find(({ id }) => id === queue);
  const named = known?.agents.filter(({ id }) => agents.has(id)).map(({ id }) => id) ?? [];
  const to =
    tab === 'queues'
      ? chosen && { is: 'queue' as const, queue: chosen.id }
      : named.length > 0 && { is: 'agents' as const, agents: named };

  const { notes } = session;
  const hasNotes = notes.trim() !== '';
  const fit = fits(message) && notesFit(notes);
  const offer = async () => {
    if (!to || !fit) return;
    const said = message.trim();
    const more = { ...(said !== '' && { message: said }), ...(hasNotes && { notes }) };
    const answer = await act.run(() => send({ type: 'transfer session', session: session.id, to, ...more }));
    if (answer?.ok) onDone();
  };
  return (
    <form
      class="column"
      onSubmit={(event) => {
        event.preventDefault();
        void offer();
      }}
    >
      <p>{t('transfer.sessionWhat')}</p>
      <Tabs<Tab>
        label={t('transfer.to')}
        panel={PANEL}
        selected={tab}
        onSelect={setTab}
        items={[
          { id: 'queues', content: t('transfer.queues') },
          { id: 'agents', content: t('transfer.agents') },
        ]}
      />
      <div class="transfer-panel" {...tabPanel(PANEL, tab)}>
        {!known && <p class="soft">{problem || t('transfer.looking')}</p>}
        {known && tab === 'queues' && <QueueChoices queues={queues} chosen={queue} onChoose={setQueue} />}
        {known && tab === 'agents' && <AgentChoices agents={colleagues} chosen={agents} onChoose={setAgents} />}
      </div>
      <OfferMessageField value={message} onValue={setMessage} />
      {notesFit(notes) ? (
        <p class="soft">{hasNotes ? t('transfer.notesGo') : t('transfer.noNotes')}</p>
      ) : (
        <p class="problem">{t('notes.tooLong')}</p>
      )}
      {(act.slow || act.problem) && (
        <p class={act.problem ? 'problem' : 'meta'} role="status">
          {act.problem || t('act.waitsForServer')}
        </p>
      )}
      <div class="row wrapping">
        <Button kind="primary" submit disabled={act.busy || !to || !fit}>
          {t('transfer.session')}
        </Button>
        <Button onClick={onDone}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}
