import { Hono } from 'hono';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import {
  type Me,
  RevokeRequest,
  type SignedIn,
  SignInRequest,
  type SignInStarted,
  VerifyRequest,
} from '../../shared/protocol/relay-api.ts';
import type { z } from '../../shared/protocol/schema.ts';
import { signInMail } from '../mail/invitation.tsx';
import type { Parts } from '../parts.ts';
import { clientAddress } from './address.ts';
import { type App, agentCalling, body, type Env } from './kit.ts';

/** ST1: a one-time code by mail, in the browser that asked; then a token. */
export function signInRoutes(parts: Parts): App {
  const { agents, config, demo, desk, mailer, quotas, words, log } = parts;
  const app = new Hono<Env>();

  app.post('/sign-in', async (c) => {
    const { email, language } = await body(c, SignInRequest);
    const ready = demo.find((one) => one.email === email.toLowerCase());
    const agent = await agents.byEmail(email);
    if (!ready) {
      // All that can refuse does so for everybody: who is an agent here is nobody's business.
      const asker = clientAddress(c, config.trustedProxies);
      await quotas.signIn(asker);
      await quotas.codeMail(asker, email, agent !== undefined);
      await mailer.ready();
    }
    const { request, secret, code } = await agents.beginSignIn(email, ready?.code);
    if (agent && !ready) {
      const minutes = Math.ceil(config.limits.codeLife / 60);
      const mail = signInMail(words[language], { to: agent.email, desk: config.deskName, code, minutes });
      // Not waited for: how long an answer takes must not tell either. What a mail server says names the address.
      mailer.send(mail).catch((error: unknown) => {
        const code = error instanceof HulplijnError ? error.code : 'server-error';
        log.error({ code }, 'a sign-in code could not be sent');
      });
    }
    return c.json<z.infer<typeof SignInStarted>>({ request, secret });
  });

  app.post('/sign-in/verify', async (c) => {
    const answer = await body(c, VerifyRequest);
    await quotas.attempt(clientAddress(c, config.trustedProxies));
    const { token, device, agent } = await agents.finishSignIn(answer);
    return c.json<SignedIn>({ token, device, agent: desk.rights(agent) });
  });

  app.get('/me', async (c) => {
    const { id, agent } = await agentCalling(c, parts);
    return c.json<Me>({ agent: desk.rights(agent), devices: await agents.devices(agent.id, id) });
  });

  app.post('/me/revoke', async (c) => {
    const { agent } = await agentCalling(c, parts);
    const { device } = await body(c, RevokeRequest);
    await agents.revoke(agent.id, device);
    return c.body(null, 204);
  });

  app.post('/sign-out', async (c) => {
    const { id, agent } = await agentCalling(c, parts);
    await agents.revoke(agent.id, id);
    return c.body(null, 204);
  });

  return app;
}
