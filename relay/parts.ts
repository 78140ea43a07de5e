import type { Logger } from 'pino';
import type { T } from '../shared/locales/messages.ts';
import type { Language } from '../shared/protocol/relay-api.ts';
import type { Administration } from './administration.ts';
import type { Agents } from './agents.ts';
import type { Audit } from './audit.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Desk } from './desk.ts';
import type { EventStreams } from './event-stream.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Outbox } from './mail/outbox.ts';
import type { Offers } from './offers.ts';
import type { Presence } from './presence.ts';
import type { Queues } from './queues.ts';
import type { Quotas } from './quotas.ts';
import type { SessionBook } from './session-book.ts';
import type { Settings } from './settings.ts';
import type { Tickets } from './signalling/tickets.ts';
import type { Store } from './store/store.ts';

/** A relay's configuration once it knows under which address it is reached. */
export type Running = Config & { publicUrl: string };

/** What the routes are made of; built in app.ts. */
export interface Parts {
  config: Running;
  clock: Clock;
  log: Logger;
  mailer: Mailer;
  outbox: Outbox | undefined;
  store: Store;
  agents: Agents;
  book: SessionBook;
  desk: Desk;
  queues: Queues;
  offers: Offers;
  quotas: Quotas;
  tickets: Tickets;
  presence: Presence;
  streams: EventStreams;
  settings: Settings;
  audit: Audit;
  administration: Administration;
  startedAt: number;
  words: Record<Language, T>;
  demo: DemoAgent[];
}

/** Signs in with a code that is printed when the relay starts, in any number of browsers (DEMO=1). */
export interface DemoAgent {
  email: string;
  name: string;
  code: string;
}
