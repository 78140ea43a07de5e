import { useId } from 'preact/hooks';
import type { Transferees } from '../protocol/relay-api.ts';
import { useT } from './i18n.ts';
import { PersonName } from './person-name.tsx';
import { queueText } from './queue-words.ts';
import { byName } from './steady-order.ts';
import { useNow } from './time.tsx';

interface QueueChoicesProps {
  queues: Transferees['queues'];
  chosen: string | undefined;
  onChoose(queue: string): void;
}

/** One queue (TS2), with who takes from it and who waits in it; the one chosen may be no more. */
export function QueueChoices({ queues, chosen, onChoose }: QueueChoicesProps) {
  const t = useT();
  const now = useNow();
  const id = useId();
  const isGone = chosen !== undefined && !queues.some((one) => one.id === chosen);
  const gone = isGone && t('transfer.queueGone');
  if (queues.length === 0)
    return (
      <p class="soft">
        {gone} {t('transfer.noQueues')}
      </p>
    );
  return (
    <fieldset class="column transfer-list">
      <legend class="visually-hidden">{t('transfer.queue')}</legend>
      <p class="problem" role="status">
        {gone}
      </p>
      {queues.map((queue) => (
        <label key={queue.id} class="row transfer-choice">
          <input type="radio" name={id} checked={queue.id === chosen} onChange={() => onChoose(queue.id)} />
          <span class="grow">
            <b class="wrap-anywhere">{queue.name[t.language]}</b>{' '}
            <span class="meta transfer-state">{queueText(t, queue, now)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface AgentChoicesProps {
  agents: Transferees['agents'];
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** Those who are available first, and by name. */
export function byAvailable(a: Transferees['agents'][number], b: Transferees['agents'][number]): number {
  return Number(b.available) - Number(a.available) || byName(a.name, b.name);
}

/** One agent or more (TS2). */
export function AgentChoices({ agents, chosen, onChoose }: AgentChoicesProps) {
  const t = useT();
  if (agents.length === 0) return <p class="soft">{t('transfer.noAgents')}</p>;
  const toggle = (agent: string) => {
    const next = new Set(chosen);
    if (!next.delete(agent)) next.add(agent);
    onChoose(next);
  };
  return (
    <fieldset class="column transfer-list">
      <legend class="visually-hidden">{t('transfer.colleagues')}</legend>
      {agents.map((agent) => (
        <label key={agent.id} class="row transfer-choice">
          <input type="checkbox" checked={chosen.has(agent.id)} onChange={() => toggle(agent.id)} />
          <span class="grow">
            <b>
              <PersonName name={agent.name} />
            </b>
            {agents.filter(({ name }) => name === agent.name).length > 1 && (
              <span class="meta wrap-anywhere transfer-state">{agent.email}</span>
            )}
          </span>{' '}
          <span class={agent.available ? 'dot' : 'dot off'} />
          <span class="meta">{agent.available ? t('available.on') : t('available.off')}</span>
        </label>
      ))}
    </fieldset>
  );
}
