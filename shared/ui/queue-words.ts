import type { T } from '../locales/messages.ts';
import type { Transferees } from '../protocol/relay-api.ts';
import { durationText } from './time.tsx';

type Queue = Transferees['queues'][number];

/** “2 available · 1 waiting, longest 3:20”; `now` in ms. */
export function queueText(t: T, { available, waiting, longest }: Queue, now: number): string {
  const waits = t('queues.waiting', { count: waiting });
  const long = longest === undefined ? '' : `, ${t('queues.longest', { time: durationText(now - longest) })}`;
  return `${t('queues.available', { count: available })} · ${waits}${long}`;
}
