import type { Send, Snapshot } from '../session/view.ts';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';
import { queueText } from './queue-words.ts';
import { byName, useSteadyOrder } from './steady-order.ts';
import { useNow } from './time.tsx';
import { useTransferees } from './use-transferees.ts';

/** All queues at a glance (TS6): who is available, how many wait, the longest how long. */
export function QueuesOverview({ snapshot, send }: { snapshot: Snapshot; send: Send }) {
  const t = useT();
  const now = useNow();
  const { offers, availability } = snapshot;
  const news = `${availability?.on} ${offers.map(({ id, state }) => id + state.is).join()}`;
  const { known, problem } = useTransferees(send, { news });
  const queues = useSteadyOrder(known?.queues ?? [], (a, b) => byName(a.name[t.language], b.name[t.language]));
  return (
    <details class="queues disclosure">
      <summary>
        <Icon name="down" />
        <span class="grow">{t('transfer.queues')}</span>
        {known && (
          <span class="meta">{t('queues.waiting', { count: sum(known.queues.map((one) => one.waiting)) })}</span>
        )}
      </summary>
      {known?.queues.length === 0 && <p class="meta">{t('transfer.noQueues')}</p>}
      {!known && <p class="meta">{problem || t('transfer.looking')}</p>}
      <ul class="plain-list">
        {queues.map((queue) => (
          <li key={queue.id}>
            <span class="wrap-anywhere">{queue.name[t.language]}</span>
            <p class="meta">{queueText(t, queue, now)}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

const sum = (all: number[]): number => all.reduce((so, one) => so + one, 0);
