import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { importInvitationKey, newInvitationKey } from '../link/invitation-key.ts';
import type { Hub } from '../link/link.ts';
import type { Control } from '../protocol/control.ts';
import { joinLink, readEntry } from '../protocol/entry.ts';
import { HulplijnError } from '../protocol/errors.ts';
import type { Desk, Language, Mode, RelayEvent, Roster } from '../protocol/relay-api.ts';
import { z } from '../protocol/schema.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { Answer } from '../session/answer.ts';
import { Command, type InviteResult, type RelayState, type Send, type Snapshot } from '../session/view.ts';
import { answerTo } from './answer.ts';
import { runEventLoop } from './event-loop.ts';
import { Offering, outOf } from './offering.ts';
import type { PageStore } from './page-store.ts';
import { hasReceived } from './received-files.ts';
import { RelayActs } from './relay-acts.ts';
import type { RelayClient } from './relay-client.ts';
import { SessionClient } from './session-client.ts';
import type { SessionMedia } from './session-media.ts';
import type { Signer } from './trust.ts';

export interface PageClientOptions {
  relay: RelayClient;
  /** This page load, and the participant id its token stands for. */
  page: string;
  id: string;
  me: string;
  desk: Pick<Desk, 'name' | 'url'>;
  modes: Mode[];
  hub: Hub;
  signer: Signer;
  store: PageStore;
  /** Runs shared/files/file.worker.ts: made by the page, whose policies know its address, when the first file moves. */
  fileWorker(): Worker;
  /** Where this page may record (SH7): an agent's. */
  recordings?: Recordings;
  /** The event stream begins after this: whoever has just joined has its roster, and better things to do. */
  quiet?: Promise<void> | undefined;
  /** The words of an invitation by the agent's own mail program, in the language chosen. */
  invitationText?(language: Language, about: InvitationFacts): Promise<{ subject: string; body: string }>;
  /** The relay refused our place: a newer page of this browser has it, or the sign-in is gone. */
  onreplaced?(): void;
}

export interface InvitationFacts {
  guest: 'customer' | 'representative';
  agent: string;
  desk: string;
  site: string; // the desk's public address
  number: string; // ten digits
  link: string; // with its key
}

export interface PageClient {
  readonly snapshot: ReadonlySignal<Snapshot>;
  readonly send: Send;
  /** Whether closing the page would end or leave something (ST5). */
  readonly busy: boolean;
  /** What is seen and heard in a session: for views in this very page. */
  media(session: string): SessionMedia | undefined;
  /** A roster that an answer to a call brought, before the event stream does. */
  takeRoster(roster: Roster): Promise<void>;
  /** Says "gone" to the relay and on every link (ST5). May be called twice. */
  close(): void;
}

/** Everything one page holds: its event stream, its hub, its sessions. Commands in, snapshots out. */
export async function createPageClient(options: PageClientOptions): Promise<PageClient> {
  const { relay, page, hub, store, signer, recordings } = options;
  const sessions = new Map<string, SessionClient>();
  const opening = new Map<string, Promise<SessionClient>>();
  /** What was kept of a session that was left goes before it opens anew. */
  const left = new Map<string, Promise<void>>();
  const relayState = signal<RelayState>({ is: 'waiting', since: Date.now() });
  const selected = signal<string | undefined>(undefined);
  const version = signal(0);
  const stop = new AbortController();
  let worker: Worker | undefined;
  const fileWorker = (): Worker => {
    worker ??= options.fileWorker();
    return worker;
  };
  const stored = new Map((await store.sessions()).map((one) => [one.id, one]));
  const changed = () => {
    version.value += 1;
  };

  const snapshot = computed<Snapshot>(() => {
    version.value;
    const shown = [...sessions.values()].filter(({ dismissed }) => !dismissed).map((one) => one.view());
    shown.sort((a, b) => a.startedAt - b.startedAt);
    return {
      desk: options.desk.name,
      site: options.desk.url,
      me: options.me,
      modes: options.modes,
      relay: relayState.value,
      sessions: shown,
      selected: shown.some(({ id }) => id === selected.value) ? selected.value : shown.at(-1)?.id,
      availability: offering.availability,
      offers: offering.offers,
    };
  });

  async function openSession(roster: Roster): Promise<SessionClient> {
    const known = sessions.get(roster.id);
    if (known) return known;
    let open = opening.get(roster.id);
    if (!open) {
      const leave = () => void send({ type: 'leave', session: roster.id });
      const control = async (record: Control) => takeRoster(await relay.control(roster.id, record));
      const listed = () => offering.availability !== undefined;
      const deps = { page, hub, store, signer, fileWorker, recordings, leave, control, listed, changed };
      open = Promise.resolve(left.get(roster.id)).then(() => SessionClient.open(roster, stored.get(roster.id), deps));
      opening.set(roster.id, open);
      try {
        sessions.set(roster.id, await open);
      } finally {
        opening.delete(roster.id); // one that failed is tried again with the next roster
      }
      changed();
    }
    return open;
  }

  async function takeRoster(roster: Roster): Promise<void> {
    heard.add(roster.id); // a `ready` under way may have been said before this session was
    const known = sessions.get(roster.id);
    if (known?.isLeftBehindBy(roster)) {
      sessions.delete(roster.id);
      stored.delete(roster.id);
      left.set(roster.id, known.close({ forget: true }));
    }
    const again = sessions.has(roster.id) || opening.has(roster.id);
    const client = await openSession(roster);
    if (again) await client.roster(roster);
    return offering.takeNotes();
  }

  function sessionOf(id: string): SessionClient {
    const found = sessions.get(id);
    if (!found) throw new HulplijnError('not-found');
    return found;
  }

  // The rosters between connecting and `ready` are all there are: any other session is over.
  let heard = new Set<string>();
  async function onEvent(event: RelayEvent): Promise<void> {
    switch (event.event) {
      case 'roster':
        return takeRoster(event.data);
      case 'ready': {
        const over = [...sessions.values()].filter((one) => !heard.has(one.id) && !one.ended);
        heard = new Set();
        for (const one of over) await one.out('closed');
        return acts.retry();
      }
      case 'out': {
        const about = sessions.get(event.data.session);
        return about?.out(outOf(about.rosterNow, event.data.why), event.data.version);
      }
      case 'reported': {
        const about = sessions.get(event.data.session);
        if (about) about.reported = true;
        return changed();
      }
      case 'offers':
        return offering.heard(event.data);
      case 'refused':
      case 'replaced':
        return;
      default:
        return event satisfies never;
    }
  }

  let events: Promise<void> = Promise.resolve();
  void Promise.resolve(options.quiet)
    .then(() =>
      runEventLoop({
        relay,
        page,
        signal: stop.signal,
        onevent: (event) => {
          events = events.then(() => onEvent(event)).catch(() => undefined);
        },
        onstate: (state) => {
          if (state.is === 'waiting') heard = new Set();
          events = events.then(async () => {
            relayState.value = state;
            if (state.is !== 'signed out') return;
            // An agent is in no session any more: who goes on without them must not stay linked with them (EN3).
            for (const one of sessions.values())
              if (!one.ended && one.myRole !== 'customer') await one.out('removed').then(() => one.close());
          });
        },
      }),
    )
    .then(() => {
      if (!stop.signal.aborted) options.onreplaced?.();
    });

  const offering = new Offering(relay, signer.signingKey, { session: (id) => sessions.get(id), joined, changed });
  const acts = new RelayActs(relay, store, stop.signal, (waiting) => {
    for (const one of sessions.values()) one.waitingForRelay = waiting.has(one.id);
    changed();
  });

  // --- commands -------------------------------------------------------------------------------------------------------

  async function invite(command: Extract<Command, { type: 'invite' }>): Promise<InviteResult> {
    const session = sessionOf(command.session);
    const { guest, language, how } = command;
    const request = { guest, language, epoch: session.epoch };
    if (how.by === 'relay mail') {
      await relay.invite(session.id, { ...request, mail: how.address });
      return { is: 'sent' };
    }
    const invited = await relay.invite(session.id, request);
    const key = newInvitationKey();
    await store.putKey(invited.id, await importInvitationKey(key));
    const link = joinLink(invited.url, key);
    if (how.by === 'link') return { is: 'link', url: link };
    const text = await options.invitationText?.(language, {
      guest,
      agent: options.me,
      desk: options.desk.name,
      site: options.desk.url,
      number: session.rosterNow.number,
      link,
    });
    if (!text) throw new HulplijnError('forbidden');
    return { is: 'mailto', url: mailto(how.address, text), ...text };
  }

  async function assist(entry: string): Promise<{ session: string }> {
    const read = readEntry(entry);
    if (read.is === 'link') {
      if (read.key !== undefined) await store.putKey(read.invitation, await importInvitationKey(read.key));
      return joined(await relay.assist({ invitation: read.invitation }, signer.signingKey));
    }
    if (read.is !== 'number') throw new HulplijnError('bad-number');
    return joined(await relay.assist({ number: read.number }, signer.signingKey));
  }

  async function joined(roster: Roster): Promise<{ session: string }> {
    await takeRoster(roster);
    selected.value = roster.id;
    return { session: roster.id };
  }

  async function obey(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'start': {
        const roster = await relay.start(signer.signingKey, command.mode);
        heard.add(roster.id);
        const session = await openSession(roster);
        session.invitePrompt = command.email;
        selected.value = roster.id;
        changed();
        return { session: roster.id };
      }
      case 'notes':
        return sessionOf(command.session).notes.set(command.text);
      case 'transfer session':
      case 'transferees':
      case 'available':
      case 'accept offer':
      case 'decline offer':
      case 'take back':
        return offering.obey(command);
      case 'assist':
        return assist(command.entry);
      case 'select':
        selected.value = sessionOf(command.session).id;
        return undefined;
      case 'prompted':
        sessionOf(command.session).invitePrompt = false;
        return changed();
      case 'invite':
        return invite(command);
      case 'admit': {
        const { epoch } = sessionOf(command.session);
        return relay.admit(command.session, command.participant, epoch);
      }
      case 'decline':
        return relay.decline(command.session, command.participant, sessionOf(command.session).epoch);
      case 'remove': {
        const session = sessionOf(command.session);
        const { participant } = command;
        const act = { act: 'remove', session: session.id, epoch: session.epoch, participant } as const;
        return acts.tell(act, () => session.last.remove(participant));
      }
      case 'help':
        return sessionOf(command.session).help(command.participant);
      case 'show earlier chat':
        return sessionOf(command.session).chat.showEarlier(command.participant);
      case 'say':
        return sessionOf(command.session).chat.say(command.text, command.to);
      case 'draft':
        return sessionOf(command.session).chat.draft(command.text);
      case 'seen':
        return sessionOf(command.session).chat.seen();
      case 'leave':
        return acts.tell({ act: 'leave', session: command.session }, () => sessionOf(command.session).last.leave());
      case 'end': {
        const session = sessionOf(command.session);
        return acts.tell({ act: 'end', session: session.id, epoch: session.epoch }, () => session.last.end());
      }
      case 'transfer control': {
        const session = sessionOf(command.session);
        const control = await session.control.sign(command.to, command.note);
        return session.roster(await relay.control(session.id, control));
      }
      case 'take over': {
        const session = sessionOf(command.session);
        return session.roster(await relay.control(session.id, await session.control.agree(command.id)));
      }
      case 'dismiss':
        await sessionOf(command.session).dismiss();
        return changed();
      default:
        return sessionOf(command.session).obey(command);
    }
  }

  async function send(input: Command): Promise<Answer> {
    const command = z.safeParse(Command, input);
    if (!command.success) return { ok: false, error: 'bad-request' };
    return answerTo(() => obey(command.data));
  }

  // Sessions kept from before this page load show at once, also when the relay does not answer; one that has ended, while
  // a file received in it waits to be saved.
  for (const { id, roster, dismissed } of stored.values()) {
    if (roster.you !== options.id || dismissed) continue;
    if (!roster.ended || (await hasReceived(options.id, id))) await openSession(roster);
  }

  return {
    snapshot,
    send,
    takeRoster,
    media: (session) => sessions.get(session)?.media,
    get busy() {
      return [...sessions.values()].some(({ ended }) => !ended);
    },
    close() {
      if (stop.signal.aborted) return;
      relay.gone(page); // first: a browser that closes a tab may not wait for the rest
      stop.abort();
      for (const one of sessions.values()) one.media.stop(); // the page itself may stay
      hub.close();
    },
  };
}

/** RFC 6068; CRLF between lines, as it asks. */
function mailto(address: string, { subject, body }: { subject: string; body: string }): string {
  const lines = body.replace(/\r?\n/g, '\r\n');
  return `mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`;
}
