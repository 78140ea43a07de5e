import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Agents } from '../../relay/agents.ts';
import { clientAddress } from '../../relay/http/address.ts';
import type { Call } from '../../relay/http/kit.ts';
import type { Store } from '../../relay/store/store.ts';
import { ErrorBody } from '../../shared/protocol/errors.ts';
import { Desk, Ice, Me, Roster, SignedIn, SignInStarted } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import { newSessionNumber } from '../../shared/protocol/session-number.ts';
import { type AppInMemory, appInMemory } from '../support/app.ts';
import { newPage } from '../support/events.ts';

async function asked(app: AppInMemory, email = 'anna@example.org') {
  await app.parts.agents.add('anna@example.org', 'Anna');
  const started = await app.anybody().post(SignInStarted, '/api/sign-in', { email, language: 'nl' });
  const code = /^\d{6}$/m.exec((await app.outbox.read())[0]?.text ?? '')?.[0] ?? '';
  return { ...started, code, browser: 'Firefox' };
}

const ON_THE_WEB = {
  PUBLIC_URL: 'https://help.example.org',
  ...{ SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'desk@example.org' },
};

/** A store as another program has it: nobody here hears what it publishes. */
function unheard(store: Store): Store {
  return {
    get: (...args) => store.get(...args),
    put: (...args) => store.put(...args),
    delete: (...args) => store.delete(...args),
    due: (...args) => store.due(...args),
    list: (...args) => store.list(...args),
    increment: (...args) => store.increment(...args),
    publish: async () => 0,
    subscribe: async () => () => {},
    close: () => store.close(),
  };
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('signing in', () => {
  test('ST1 a code counts once, in the browser that asked', async () => {
    const app = await appInMemory();
    const answer = await asked(app);
    const other = await asked(app);
    const path = '/api/sign-in/verify';
    // The right code, the wrong browser.
    expect(await app.anybody().refused('POST', path, { ...answer, secret: other.secret })).toBe('code-expired');
    const { token, agent } = await app.anybody().post(SignedIn, path, { ...answer, code: ` ${answer.code} ` });
    expect(agent).toMatchObject({ name: 'Anna', modes: ['multi', 'single'], customers: 8 });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await app.anybody().refused('POST', path, answer)).toBe('code-expired');
  });

  test('ST1 five tries, then the right code does not help either', async () => {
    const app = await appInMemory();
    const answer = await asked(app);
    const path = '/api/sign-in/verify';
    const tries = Array.from({ length: 5 }, () =>
      app.anybody().refused('POST', path, { ...answer, code: wrong(answer.code) }),
    );
    expect(await Promise.all(tries)).toEqual(Array(5).fill('wrong-code'));
    expect(await app.anybody().refused('POST', path, answer)).toBe('code-expired');
    expect(await app.anybody().refused('POST', path, { ...answer, code: '12' })).toBe('wrong-code');
  });

  test('ST1 a code counts for ten minutes', async () => {
    const app = await appInMemory();
    const answer = await asked(app);
    await app.pass(600);
    expect(await app.anybody().refused('POST', '/api/sign-in/verify', answer)).toBe('code-expired');
  });

  test('ST1 devices are listed and revoked; a token lasts 90 days unused, and longer in use', async () => {
    const app = await appInMemory();
    const [one, two] = [await app.agent('Anna'), await app.agent('Anna')];
    const { devices } = await one.api.get(Me, '/api/me');
    expect(devices.map(({ id, current, browser }) => [id, current, browser]).sort()).toEqual(
      [
        [one.id, true, 'Chromium'],
        [two.id, false, 'Chromium'],
      ].sort(),
    );
    const bob = await app.agent('Bob');
    expect(await bob.api.refused('POST', '/api/me/revoke', { device: two.id })).toBe('not-found');
    await app.pass(60 * 86_400);
    await one.api.get(Me, '/api/me');
    await app.pass(60 * 86_400);
    expect((await one.api.get(Me, '/api/me')).devices.map(({ id }) => id)).toEqual([one.id]);
    expect(await two.api.refused('GET', '/api/me')).toBe('signed-out');
    await one.api.do('/api/sign-out');
    expect(await one.api.refused('GET', '/api/me')).toBe('signed-out');
  });

  test('ST1 a browser that is signed out is in no session: what it leads is closed, where it assists it is removed', async () => {
    const app = await appInMemory();
    const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
    const mia = await app.customer();
    const [annas, hers] = [await anna.open(), await mia.open()];
    const [session, other] = [await anna.start(), await bob.start()];
    await mia.join((await anna.invite(session)).id, 'Mia');
    await anna.api.post(Roster, '/api/sessions/assist', { number: other.number });
    await annas.roster(({ id }) => id === other.id);
    expect(await app.parts.agents.remove('anna@example.org')).toBe(true);
    await annas.closed;
    expect((await hers.roster(({ phase }) => phase === 'ended')).ended).toMatchObject({
      ...{ why: 'signed out', by: 'Anna' },
    });
    const left = await app.parts.book.get(other.id);
    expect(left?.participants.map(({ name }) => name)).toEqual(['Bob']);
    expect(left?.outs).toEqual([{ id: anna.id, why: 'removed' }]);
  });

  test('ST1 removed by another program, a stream ends with the next keep-alive, and everybody hears of it', async () => {
    const app = await appInMemory();
    const anna = await app.agent('Anna');
    const mia = await app.customer();
    const [annas, hers] = [await anna.open(), await mia.open()];
    const session = await anna.start();
    await mia.join((await anna.invite(session)).id, 'Mia');
    await hers.roster(({ participants }) => participants.length === 2);
    await app.parts.streams.keepAlive(); // harms nobody who is signed in
    // What `npm run agent -- remove` does.
    const deaf = unheard(app.store);
    await new Agents(deaf, app.parts.clock, app.parts.config.limits).remove('anna@example.org');
    await app.parts.streams.keepAlive();
    await annas.closed;
    expect((await hers.roster(({ phase }) => phase === 'ended')).ended?.why).toBe('signed out');
  });

  test('ST1 no token and no code is in the store as it is', async () => {
    const app = await appInMemory();
    const anna = await app.agent('Anna');
    const { secret, code } = await asked(app);
    const kinds = ['agent', 'device', 'token', 'sign-in', 'ticket', 'presence'];
    const kept = JSON.stringify(await Promise.all(kinds.map((kind) => app.store.list(kind, ''))));
    expect(kept).toContain(anna.id);
    for (const one of [anna.api.token ?? '', secret, `"${code}"`]) expect(kept).not.toContain(one);
  });
});

describe('SE3 attempts', () => {
  test('SE3 ten an address in ten minutes; a slip costs none; links are exempt', async () => {
    const app = await appInMemory({ ATTEMPTS_PER_ADDRESS: '10' });
    const anna = await app.agent('Anna'); // one attempt, at another address
    const session = await anna.start();
    const mia = await app.customer();
    const knock = (number: string) => mia.api.raw('POST', '/api/knock', { ...mia.as('Mia'), number });
    for (let n = 0; n < 20; n++) expect((await knock('1234567890')).status).toBe(404); // mistyped
    for (let n = 0; n < 10; n++) expect((await knock(newSessionNumber(() => n))).status).toBe(404);
    const refused = await knock(session.number);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('600');
    expect(z.parse(ErrorBody, await refused.json())).toEqual({ error: 'too-many-attempts', retryAfter: 600 });
    expect((await mia.join((await anna.invite(session)).id, 'Mia')).state).toBe('present');
    await app.pass(599);
    expect((await knock(session.number)).status).toBe(429);
    await app.pass(1);
    expect((await knock(newSessionNumber(() => 3))).status).toBe(404);
  });

  test('SE3 seats are asked for before anybody is known, so an address gets only so many', async () => {
    const app = await appInMemory({ SEATS_PER_ADDRESS: '120' });
    const seat = (address: string) => app.anybody(address).raw('POST', '/api/seats');
    for (let n = 0; n < 120; n++) expect((await seat('192.0.2.1')).status).toBe(201);
    const refused = await seat('192.0.2.1');
    expect(refused.status).toBe(429);
    expect(z.parse(ErrorBody, await refused.json())).toEqual({ error: 'too-many-attempts', retryAfter: 600 });
    expect((await seat('192.0.2.2')).status).toBe(201);
    await app.pass(600);
    expect((await seat('192.0.2.1')).status).toBe(201);
  });

  test('SE3 so many in all, wherever they come from; codes count with numbers', async () => {
    const app = await appInMemory({ ATTEMPTS_IN_ALL: '3', ATTEMPTS_PER_ADDRESS: '3' });
    const answer = { ...(await asked(app)), code: '111111' };
    const statuses = [];
    for (let n = 1; n <= 4; n++) {
      statuses.push((await app.anybody(`192.0.2.${n}`).raw('POST', '/api/sign-in/verify', answer)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, 3)).not.toContain(429);
  });

  const from = (address: string, forwarded: string | undefined, trusted: string[]) => {
    const call = {
      env: { incoming: { socket: { remoteAddress: address } } },
      req: { header: (name: string) => (name === 'X-Forwarded-For' ? forwarded : undefined) },
    };
    return clientAddress(call as unknown as Call, trusted);
  };
  test.each([
    ['192.0.2.1', '203.0.113.5', [], '192.0.2.1'], // believed of nobody by default
    ['10.0.0.1', '203.0.113.5', ['10.0.0.0/8'], '203.0.113.5'],
    ['::ffff:10.0.0.1', '203.0.113.5', ['10.0.0.0/8'], '203.0.113.5'],
    ['10.0.0.1', 'spoofed, 1.2.3.4, 203.0.113.5', ['10.0.0.0/8'], '203.0.113.5'],
    ['10.0.0.1', '203.0.113.5, 10.0.0.2', ['10.0.0.0/8'], '203.0.113.5'],
    ['10.0.0.1', 'nonsense', ['10.0.0.1'], '10.0.0.1'],
    ['10.0.0.1', undefined, ['10.0.0.1'], '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', undefined, [], '32.1.13.184.0.1.0.2/64'],
    ['2001:db8:1:2:ffff::1', undefined, [], '32.1.13.184.0.1.0.2/64'],
  ])('SE3 whose attempt it is: %s with %j, trusting %j', (address, forwarded, trusted, expected) => {
    expect(from(address, forwarded, trusted)).toBe(expected);
  });
});

describe('what every page asks for', () => {
  test('GET /api/desk, from any origin, without cookies', async () => {
    const app = await appInMemory({ DESK_NAME: 'Acme', LANGUAGE: 'nl', MODES: 'single' });
    expect(await app.anybody().get(Desk, '/api/desk')).toEqual({
      ...{
        hulplijn: 1,
        name: 'Acme',
        language: 'nl',
        languages: ['nl', 'en'],
        modes: ['single'],
        url: 'http://localhost:8080',
      },
    });
    const preflight = await app.app.request('/api/events', {
      method: 'OPTIONS',
      headers: { Origin: 'chrome-extension://x', 'Access-Control-Request-Method': 'GET' },
    });
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('Authorization,Content-Type,Hulplijn-Page');
    expect(preflight.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  });

  test('ICE servers are the configured ones alone, TURN with credentials of limited time', async () => {
    const none = await appInMemory();
    expect(await (await none.customer()).api.get(Ice, '/api/ice')).toEqual({ iceServers: [] });
    const app = await appInMemory({ STUN_URLS: 'stun:a', TURN_URLS: 'turn:b,turns:c', TURN_SECRET: 'secret' });
    const anna = await app.agent('Anna');
    const { iceServers } = await anna.api.get(Ice, '/api/ice');
    const username = `${Date.UTC(2026, 0, 5, 21) / 1000}:${anna.id}`;
    const credential = createHmac('sha1', 'secret').update(username).digest('base64');
    expect(iceServers).toEqual([{ urls: ['stun:a'] }, { urls: ['turn:b', 'turns:c'], username, credential }]);
    expect(await app.anybody().refused('GET', '/api/ice')).toBe('signed-out');

    // Anybody may have a seat: TURN is for those who take part.
    const mia = await app.customer();
    const hers = async () => (await mia.api.get(Ice, '/api/ice')).iceServers.flatMap(({ urls }) => urls);
    expect(await hers()).toEqual(['stun:a']);
    const session = await anna.start();
    await mia.knock(session.number, 'Mia');
    expect(await hers()).toEqual(['stun:a']);
    await anna.admit(session, mia.id);
    expect(await hers()).toEqual(['stun:a', 'turn:b', 'turns:c']);
    await anna.api.do(`/api/sessions/${session.id}/end`, { epoch: 1 });
    expect(await hers()).toEqual(['stun:a']);

    // Who comes in by a link hears them with the answer: no dial waits for them.
    const piet = await app.customer();
    const answer = await piet.join((await anna.invite(await anna.start())).id, 'Piet');
    const his = answer.state === 'present' ? answer.ice.iceServers.flatMap(({ urls }) => urls) : [];
    expect(his).toEqual(['stun:a', 'turn:b', 'turns:c']);
  });

  test('who asks without a token, with a bad one, or with no page, is refused', async () => {
    const app = await appInMemory();
    const mia = await app.customer();
    for (const path of ['/api/ticket', '/api/sign-out', '/api/knock', '/api/sessions']) {
      expect(await app.anybody().refused('POST', path, {}), path).toBe('signed-out');
    }
    const bad = await app.anybody().raw('GET', '/api/me', undefined, { Authorization: `Bearer ${'x'.repeat(43)}` });
    expect(bad.status).toBe(401);
    expect(await mia.api.refused('GET', '/api/me')).toBe('forbidden');
    expect(await mia.api.refused('GET', '/api/events')).toBe('bad-request');
    expect(await mia.api.refused('POST', '/api/gone', { page: newPage() })).toBe('bad-request');
    expect(await mia.api.refused('POST', '/api/gone', { page: newPage(), token: 'x'.repeat(43) })).toBe('signed-out');
    await mia.api.do('/api/gone', { page: newPage(), token: mia.api.token });
    const large = await mia.api.raw('POST', '/api/knock', { name: 'x'.repeat(20_000), number: '1' });
    expect(large.status).toBe(400);
  });
});

describe('pages and headers', () => {
  test('the site’s pages may run and reach this relay alone', async () => {
    const app = await appInMemory(ON_THE_WEB);
    const { headers } = await app.app.request('/');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).not.toContain('unsafe');
    const worker = await app.app.request('/assets/file.worker-Ab_c-1.js');
    expect(worker.headers.get('Content-Security-Policy')).toBe(
      policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
    );
    for (const rule of [
      ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'"],
      ...["connect-src 'self' wss://help.example.org", "frame-ancestors 'none'", 'trusted-types hulplijn'],
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(Object.fromEntries(headers)).toMatchObject({
      ...{ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' },
      ...{ 'cross-origin-opener-policy': 'same-origin', 'strict-transport-security': expect.any(String) },
      ...{ 'permissions-policy': expect.stringContaining('geolocation=()') },
    });
  });

  test('IN5 the outbox is for this machine alone', async () => {
    const app = await appInMemory();
    await asked(app);
    const read = (address: string, headers: Record<string, string> = {}, host = 'localhost') =>
      app.app.request(`http://${host}/outbox`, { headers }, {
        incoming: { socket: { remoteAddress: address } },
      } as never);
    const page = await read('127.0.0.1');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('anna@example.org');
    expect((await read('::ffff:127.0.0.1', {}, '127.0.0.1:8080')).status).toBe(200);
    expect((await read('192.0.2.1')).status).toBe(404);
    expect((await read('192.0.2.1', { 'X-Forwarded-For': '127.0.0.1' })).status).toBe(404);
    expect((await read('127.0.0.1', { 'X-Forwarded-For': '192.0.2.1' })).status).toBe(404);
    expect((await read('127.0.0.1', {}, 'rebound.example.org')).status).toBe(404);
  });

  test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080', 'https://help.example.org'])(
    'IN5 the outbox is of a site of this machine alone: %s',
    async (publicUrl) => {
      const app = await appInMemory({ ...ON_THE_WEB, PUBLIC_URL: publicUrl });
      // As nginx passes on what anybody on the web asks for, if nobody told it more.
      const passedOn = { incoming: { socket: { remoteAddress: '127.0.0.1' } } } as never;
      const status = publicUrl.startsWith('https') ? 404 : 200;
      for (const path of ['outbox', 'outbox.json']) {
        expect((await app.app.request(`http://127.0.0.1/${path}`, {}, passedOn)).status, path).toBe(status);
      }
    },
  );

  test('health', async () => {
    const app = await appInMemory();
    expect((await app.app.request('/healthz')).status).toBe(200);
    expect((await app.app.request('/readyz')).status).toBe(200);
    await app.store.close();
    expect((await app.app.request('/readyz')).status).toBe(500);
  });
});
