import pino from 'pino';
import { createApp, type Relay } from '../../relay/app.ts';
import { readConfig } from '../../relay/config.ts';
import { localOutbox, type Outbox } from '../../relay/mail/outbox.ts';
import { openSqlite } from '../../relay/store/sqlite.ts';
import type { Store } from '../../relay/store/store.ts';
import { loadT } from '../../shared/locales/load.ts';
import {
  Admitted,
  type Guest,
  Invited,
  Joined,
  Roster,
  Seat,
  SignedIn,
  SignInStarted,
} from '../../shared/protocol/relay-api.ts';
import { type Events, newPage, openEvents } from './events.ts';
import { newPen, type Pen } from './pen.ts';
import { Caller } from './relay-http.ts';

/** A relay without a port or a clock of its own: time passes when the test says so. */
export interface AppInMemory extends Relay {
  store: Store;
  outbox: Outbox;
  /** Seconds pass, and what is due happens. */
  pass(seconds: number): Promise<void>;
  /** Someone without a token, at an address of their own. */
  anybody(address?: string): Caller;
  /** A signed-in agent, made if there is none with that name. */
  agent(name: string): Promise<Person>;
  customer(): Promise<Person>;
  /** Somebody of another relay on the same store, here. */
  person(of: Person): Person;
  /** The relay is killed and started again so many seconds later: same store, nothing else. */
  again(env?: Record<string, string>, later?: number): Promise<AppInMemory>;
  /** One more relay on the same store. */
  beside(): Promise<AppInMemory>;
}

/** A browser with a token, its requests and its stream. */
export class Person {
  readonly id: string;
  readonly api: Caller;
  readonly pen: Pen;
  /** That they came into last. */
  session = '';

  constructor(id: string, api: Caller, pen = newPen()) {
    this.id = id;
    this.api = api;
    this.pen = pen;
  }

  /** What a customer says to come in. */
  as(name: string): { name: string; signingKey: string } {
    return { name, signingKey: this.pen.signingKey };
  }

  open(page = newPage()): Promise<Events> {
    return openEvents(this.api, page);
  }

  start(mode?: 'multi' | 'single'): Promise<Roster> {
    return this.api.post(Roster, '/api/sessions', { mode, signingKey: this.pen.signingKey });
  }

  assist({ number }: Roster): Promise<Roster> {
    return this.api.post(Roster, '/api/sessions/assist', { number, signingKey: this.pen.signingKey });
  }

  invite({ id, epoch }: Roster, guest: Guest = 'customer', mail?: string): Promise<Invited> {
    return this.api.post(Invited, `/api/sessions/${id}/invitations`, { guest, language: 'en', epoch, mail });
  }

  async join(invitation: string, name: string): Promise<Joined> {
    const joined = await this.api.post(Joined, `/api/invitations/${invitation}/join`, this.as(name));
    if (joined.state === 'present') this.session = joined.roster.id;
    return joined;
  }

  knock(number: string, name: string): Promise<Joined> {
    return this.api.post(Joined, '/api/knock', { ...this.as(name), number });
  }

  admit({ id, epoch }: Roster, participant: string): Promise<{ session: string }> {
    return this.api.post(Admitted, `/api/sessions/${id}/admit`, { participant, epoch });
  }

  manage(what: 'decline' | 'remove', { id, epoch }: Roster, participant: string): Promise<void> {
    return this.api.do(`/api/sessions/${id}/${what}`, { participant, epoch });
  }
}

const START = Date.UTC(2026, 0, 5, 9);

export async function appInMemory(
  env: Record<string, string> = {},
  kept: { store?: Store; time?: { now: number }; place?: string } = {},
): Promise<AppInMemory> {
  const time = kept.time ?? { now: START };
  const clock = { now: () => time.now };
  const store = kept.store ?? openSqlite(':memory:', clock);
  const attempts = { ATTEMPTS_PER_ADDRESS: '1000', ATTEMPTS_IN_ALL: '1000' };
  const plenty = { ...attempts, SEATS_PER_ADDRESS: '1000', MAIL_PER_RECIPIENT_HOUR: '1000', MAIL_PER_SITE_DAY: '1000' };
  const read = readConfig({ PORT: '0', ...plenty, ...env });
  if ('findings' in read) throw new Error(read.findings.join('\n'));
  const outbox = localOutbox(store, clock);
  const relay = createApp({
    config: { ...read.config, publicUrl: read.config.publicUrl ?? 'http://localhost:8080' },
    ...{ store, mailer: outbox, outbox, clock, demo: [], site: '/nowhere', place: kept.place ?? 'here' },
    log: pino({ level: 'silent' }),
    words: { en: await loadT('en'), nl: await loadT('nl') },
  });
  await relay.parts.presence.begin();

  const at = (address: string, token?: string) =>
    new Caller(
      async (path, init) =>
        relay.app.request(path, init, { incoming: { socket: { remoteAddress: address } } } as never),
      token,
    );

  const app: AppInMemory = {
    ...relay,
    store,
    outbox,
    async pass(seconds) {
      time.now += seconds * 1000;
      await relay.parts.presence.renew(); // its timer would have
      await relay.sweeper.sweep();
    },
    anybody: (address = '192.0.2.1') => at(address),
    async agent(name) {
      const email = `${name.toLowerCase()}@example.org`;
      await relay.parts.agents.add(email, name);
      const anybody = app.anybody();
      const { request, secret } = await anybody.post(SignInStarted, '/api/sign-in', { email, language: 'en' });
      const mail = (await outbox.read()).find(({ to }) => to === email);
      const code = /^\d{6}$/m.exec(mail?.text ?? '')?.[0];
      const answer = { request, secret, code, browser: 'Chromium' };
      const { token, device } = await anybody.post(SignedIn, '/api/sign-in/verify', answer);
      return new Person(device, at('192.0.2.1', token));
    },
    async customer() {
      const { token, id } = await app.anybody().post(Seat, '/api/seats');
      return new Person(id, at('192.0.2.9', token));
    },
    person: ({ id, api, pen, session }) => Object.assign(new Person(id, at('192.0.2.1', api.token), pen), { session }),
    beside: () => appInMemory(env, { store, time, place: 'beside' }),
    again: (more = {}, later = 0) => {
      time.now += later * 1000;
      return appInMemory({ ...env, ...more }, { store, time });
    },
  };
  return app;
}
