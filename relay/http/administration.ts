import { Hono } from 'hono';
import project from '../../package.json' with { type: 'json' };
import {
  AboutAgent,
  type AuditPage,
  type Health,
  type MailTested,
  type Overview,
} from '../../shared/protocol/administration-api.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import { Language } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { AgentRecord } from '../agent-record.ts';
import { csv, jsonLines } from '../audit.ts';
import { tryMail } from '../mail/administration.ts';
import type { Parts } from '../parts.ts';
import { reports } from '../reports.ts';
import { changed } from '../session-change.ts';
import { type App, agentCalling, body, type Call, type Env } from './kit.ts';

/** For administrators alone (PA1). What is done is judged and logged in administration.ts. */
export function administrationRoutes(parts: Parts): App {
  const { administration, audit, book, clock, config, mailer, outbox, quotas, settings, store, streams, words } = parts;
  const app = new Hono<Env>().basePath('/administration');

  const administrator = async (c: Call): Promise<AgentRecord> => {
    const { agent } = await agentCalling(c, parts);
    if (!agent.administers) throw new HulplijnError('forbidden');
    return agent;
  };
  const change = (path: string, act: (by: AgentRecord, input: unknown) => Promise<unknown>) =>
    app.post(path, async (c) => {
      await act(await administrator(c), await body(c, z.unknown()));
      return c.body(null, 204);
    });

  app.get('/overview', async (c) => {
    await administrator(c);
    const told = (await reports(store).list('')).map(({ key, value: { at, name } }) => ({ id: key, at, agent: name }));
    return c.json<Overview>({
      agents: await administration.agents(),
      queues: await administration.queues(),
      settings: settings.now,
      given: settings.given,
      reports: told.sort((a, b) => b.at - a.at),
      site: config.publicUrl,
    });
  });

  change('/agents/set', (by, input) => administration.setAgent(by, input));
  change('/agents/remove', (by, input) => administration.removeAgent(by, input));
  const mailed = async (by: AgentRecord, input: unknown) => {
    const to = z.safeParse(AboutAgent, input).data?.email;
    if (to !== undefined) await quotas.mail(by.id, to);
  };
  change('/agents/invite', async (by, input) => {
    await mailed(by, input);
    await administration.inviteAgent(by, input);
  });
  change('/agents/mail', async (by, input) => {
    await mailed(by, input);
    await administration.mailAgent(by, input);
  });

  change('/queues/add', (by, input) => administration.addQueue(by, input));
  change('/queues/set', (by, input) => administration.setQueue(by, input));
  change('/queues/remove', (by, input) => administration.removeQueue(by, input));

  change('/settings', async (by, input) => {
    await administration.setSettings(by, input);
    // What is due when, and what pages are told of limits, hangs on them.
    for (const { id, phase } of await book.all())
      if (phase !== 'ended') await book.change(id, (now) => changed(now, {}));
  });

  app.post('/mail-test', async (c) => {
    const { id: agent, email } = await administrator(c);
    const { language } = await body(c, z.object({ language: Language }));
    await quotas.testMail(agent);
    const about = { to: email, desk: config.deskName, site: config.publicUrl };
    return c.json<MailTested>(await tryMail({ mailer, isOutbox: outbox !== undefined, t: words[language] }, about));
  });

  app.get('/health', async (c) => {
    await administrator(c);
    const living = (await book.all()).filter(({ phase }) => phase !== 'ended').length;
    const mail = outbox
      ? 'outbox'
      : await mailer.ready().then(
          () => 'ok' as const,
          () => 'unreachable' as const,
        );
    const storeOk = await store.increment('health', 1, 60_000).then(
      () => true,
      () => false,
    );
    const { version } = project;
    const turn = config.turn !== undefined;
    const now = clock.now();
    const { startedAt } = parts;
    return c.json<Health>({
      version,
      startedAt,
      now,
      store: storeOk,
      sessions: living,
      streams: streams.count,
      mail,
      turn,
    });
  });

  app.get('/log', async (c) => {
    await administrator(c);
    return c.json<AuditPage>(await audit.page(c.req.query('before')));
  });
  app.get('/log.csv', async (c) => {
    await administrator(c);
    return c.text(csv(await audit.all()), 200, { 'Content-Type': 'text/csv; charset=utf-8' });
  });
  app.get('/log.jsonl', async (c) => {
    await administrator(c);
    return c.text(jsonLines(await audit.all()), 200, { 'Content-Type': 'application/jsonl; charset=utf-8' });
  });

  return app;
}
