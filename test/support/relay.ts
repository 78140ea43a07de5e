import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agents } from '../../relay/agents.ts';
import { systemClock } from '../../relay/clock.ts';
import { openSqlite } from '../../relay/store/sqlite.ts';
import { SiteLimits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { MailServer } from './mail.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A machine shared by many tests may take its time to start a program. */
const PATIENCE = 30_000;

const OutboxMail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  at: z.number(),
});
export type OutboxMail = z.infer<typeof OutboxMail>;

export interface TestRelay {
  /** Without a trailing slash; the same after `restart`. */
  readonly url: string;
  readonly dataDir: string;
  /** What the relay said so far, on stdout and stderr. */
  log(): string;
  /** Mails, newest first. */
  outbox(): Promise<OutboxMail[]>;
  /** Resolves to the newest mail to `to` for which `which` says yes, once there is one. */
  mailTo(to: string, which?: (mail: OutboxMail) => boolean): Promise<OutboxMail>;
  /** `settings` as the command takes them: `modes=single`, `customers=3`. */
  addAgent(email: string, name: string, settings?: string[]): Promise<void>;
  /** The code of the newest sign-in mail to that address: ask for one first (`POST /api/sign-in`). Not `used`, but one after it. */
  signInCode(email: string, used?: string): Promise<string>;
  /** Runs `npm run agent -- …` against this relay's data. */
  agent(...args: string[]): Promise<{ code: number; out: string }>;
  /** Runs `npm run queue -- …`, the same way. */
  queue(...args: string[]): Promise<{ code: number; out: string }>;
  /** Sends a signal and resolves to the exit code (null: by the signal) when the relay is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts it again, on the same port and data. Kills it first (SIGKILL) if it runs. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Times as they are, attempts and mails without end: what a test does not look at must not stop it. */
const GENEROUS = {
  ATTEMPTS_PER_ADDRESS: '100000',
  ATTEMPTS_IN_ALL: '100000',
  SEATS_PER_ADDRESS: '100000',
  OFFERS_PER_AGENT: '100000',
  MAIL_PER_AGENT_HOUR: '100000',
  MAIL_PER_RECIPIENT_HOUR: '100000',
  MAIL_PER_SITE_DAY: '100000',
  CUSTOMERS_AT_ONCE: '100',
};

/** A real relay as a process of its own, on a free port, with data of its own. `env` overrides (`KNOCK_LIFE: '3'`). */
/** With `mail`, mails go there by SMTP, and the outbox stays empty. */
export async function startRelay({
  env: given = {},
  mail,
}: {
  env?: Record<string, string>;
  mail?: MailServer | undefined;
} = {}): Promise<TestRelay> {
  const env: Record<string, string> = mail ? { SMTP_URL: mail.url, MAIL_FROM: 'help@desk.example', ...given } : given;
  const dataDir = await mkdtemp(join(tmpdir(), 'hulplijn-relay-'));
  const port = env.PORT ?? String(await freePort());
  const host = env.HOST ?? '127.0.0.1';
  const url = env.PUBLIC_URL ?? `http://${host}:${port}`;
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TMPDIR: process.env.TMPDIR,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...GENEROUS,
    ...env,
    PORT: port,
  };
  let said = '';
  let child: ChildProcess | undefined;

  function run(program: string, args: string[]): ChildProcess {
    // `node --import tsx`, not the `tsx` command: that is a process more, and a signal to it is not one to the relay.
    return spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function command(program: string, args: string[]): Promise<{ code: number; out: string }> {
    const cli = run(program, args);
    let out = '';
    for (const stream of [cli.stdout, cli.stderr]) {
      stream?.on('data', (chunk) => {
        out += chunk;
      });
    }
    await once(cli, 'close');
    return { code: cli.exitCode ?? -1, out };
  }

  async function begin(): Promise<void> {
    const started = run('relay/main.ts', []);
    child = started;
    started.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    started.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    await until('the relay to answer', async () => {
      if (started.exitCode !== null) throw new Failed(`the relay ended with ${started.exitCode}:\n${said}`);
      const answer = await fetch(`http://${host}:${port}/readyz`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null;
    const exited = once(running, 'exit');
    running.kill(signal);
    await exited;
    return running.exitCode;
  }

  const relay: TestRelay = {
    url,
    dataDir,
    log: () => said,
    async outbox() {
      const answer = await fetch(`http://${host}:${port}/outbox.json`);
      return z.parse(z.array(OutboxMail), await answer.json());
    },
    mailTo: (to, which = () => true) =>
      until(`a mail to ${to}`, async () => (await relay.outbox()).find((mail) => mail.to === to && which(mail))),
    async addAgent(email, name, settings = []) {
      // What the command does, without starting a program for it.
      const store = openSqlite(join(dataDir, 'relay.sqlite'), systemClock);
      const agents = new Agents(store, systemClock, z.parse(SiteLimits, {}));
      if (!(await agents.add(email, name))) throw new Error(`${email} is an agent already`);
      await store.close();
      if (settings.length > 0) {
        const { code, out } = await relay.agent('set', email, ...settings);
        if (code !== 0) throw new Error(out);
      }
    },
    signInCode: (email, used) =>
      until(`a code for ${email}`, async () => {
        const text = mail
          ? textTo(mail, email)
          : (await relay.outbox()).find(({ to, text: said }) => to === email && CODE.test(said))?.text;
        const code = CODE.exec(text ?? '')?.[0];
        return code === used ? undefined : code;
      }),
    agent: (...args) => command('relay/agent-cli.ts', args),
    queue: (...args) => command('relay/queue-cli.ts', args),
    kill,
    async restart() {
      await kill('SIGKILL');
      await begin();
    },
    async stop() {
      await kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await begin();
  return relay;
}

const CODE = /^\d{6}$/m;

/** The text of the newest sign-in mail to that address. */
function textTo(server: MailServer, email: string): string | undefined {
  return server.received.findLast(({ to, mail }) => to.includes(email) && CODE.test(mail.text ?? ''))?.mail.text;
}

class Failed extends Error {}

/** Asks again until there is an answer; what throws is asked again too, unless it says that there is no hope. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof Failed) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`, { cause: last });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.address());
  server.close();
  await once(server, 'close');
  return port;
}
