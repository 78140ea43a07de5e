import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startMailServer } from '../support/mail.ts';
import { startRelay } from '../support/relay.ts';

const PATIENT = 60_000;
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act();
});

/** `npm run agent -- …`, or `queue`, in a shell of its own: nothing is set in it but what is given. */
function shell(env: Record<string, string>) {
  return (program: 'agent' | 'queue', ...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const cli = execFile(
        process.execPath,
        ['--import', 'tsx', `relay/${program}-cli.ts`, ...args],
        { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { PATH: process.env.PATH, ...env } },
        (_error, out, err) => resolve({ code: cli.exitCode ?? -1, out: out + err }),
      );
    });
}

test(
  'PA1 an invitation from a shell that knows no mail server never claims to be sent where the relay sends by SMTP',
  async () => {
    const mail = await startMailServer();
    undo.push(() => mail.close());
    const site = 'https://help.example.org';
    const relay = await startRelay({
      mail,
      env: { PUBLIC_URL: site, DESK_NAME: 'Acme', LANGUAGE: 'nl', HOST: '127.0.0.1' },
    });
    undo.push(() => relay.stop());
    const bare = shell({ DATA_DIR: relay.dataDir });
    expect(await bare('agent', 'invite', 'bob@example.org', 'Bob')).toEqual({
      code: 1,
      out: expect.stringMatching(
        /^Nobody was added: .*SMTP_URL is not set here.*sign in at https:\/\/help\.example\.org\n$/s,
      ),
    });
    expect((await bare('agent', 'list')).out).toBe('');
    const knows = shell({ DATA_DIR: relay.dataDir, SMTP_URL: mail.url, MAIL_FROM: 'help@desk.example' });
    expect((await knows('agent', 'invite', 'bob@example.org', 'Bob')).out).toBe(
      `Added bob@example.org, and sent them a mail: they sign in at ${site}\n`,
    );
    // As the desk is called, in its language first, with its address: the shell was told none of them.
    const [sent] = mail.received;
    expect(sent?.mail.text).toContain(site);
    expect(sent?.mail.subject).toMatch(/^Acme: u kunt zich aanmelden.* \/ Acme/);
  },
  PATIENT,
);

test(
  'PA1 without a mail server the command line says that the invitation lies in the outbox, and with which link',
  async () => {
    const relay = await startRelay();
    undo.push(() => relay.stop());
    const { code, out } = await shell({ DATA_DIR: relay.dataDir })('agent', 'invite', 'bob@example.org', 'Bob');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(`it is in the outbox, ${relay.url}/outbox\n`),
    });
    expect((await relay.mailTo('bob@example.org')).text).toContain(relay.url);
  },
  PATIENT,
);

test(
  'PA1 a folder where no relay has run is refused, and made by nothing but a first agent who says so',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hulplijn-shell-'));
    undo.push(() => rm(folder, { recursive: true }));
    const mistyped = join(folder, 'dta');
    const bare = shell({ DATA_DIR: mistyped });
    for (const args of [['list'], ['log'], ['add', 'anna@example.org', 'Anna'], ['remove', 'anna@example.org']]) {
      const { code, out } = await bare('agent', ...args);
      expect({ code, out }).toEqual({ code: 78, out: expect.stringContaining(`No relay has run in ${mistyped}`) });
    }
    expect((await bare('queue', 'list')).code).toBe(78);
    expect(existsSync(mistyped)).toBe(false);
    expect(await bare('agent', 'add', '--new', 'anna@example.org', 'Anna')).toEqual({
      code: 0,
      out: 'Added anna@example.org.\n',
    });
    expect((await bare('agent', 'list')).out).toContain('administers=yes');
    expect(await shell({ DATA_DIR: mistyped, PRIMARY_LOST: '700', IDLE_LIFE: '300' })('agent', 'list')).toEqual({
      code: 78,
      out: 'PRIMARY_LOST must be at most AWAY_ENDS.\nAWAY_ENDS must be at most IDLE_LIFE.\n',
    });
  },
  PATIENT,
);
