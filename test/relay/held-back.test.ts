import { expect, test } from 'vitest';
import { newId } from '../../relay/secrets.ts';
import { ErrorBody } from '../../shared/protocol/errors.ts';
import { z } from '../../shared/protocol/schema.ts';
import { type AppInMemory, appInMemory, type Person } from '../support/app.ts';

/** A request that has come but for its last byte, as one whose length was said before: `finish` sends that. */
function hanging({ app }: AppInMemory, { api }: Person, path: string, body: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const held = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.subarray(0, -1)),
    async pull(controller) {
      await held.promise;
      controller.enqueue(bytes.subarray(-1));
      controller.close();
    },
  });
  const headers = {
    Authorization: `Bearer ${api.token}`,
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
  };
  const asked = { method: 'POST', headers, body: stream, duplex: 'half' };
  const answer = app.request(path, asked, { incoming: { socket: { remoteAddress: '192.0.2.1' } } } as never);
  return async () => {
    held.resolve();
    const { status, ok } = await answer;
    return ok ? status : z.parse(ErrorBody, await (await answer).json()).error;
  };
}

/** Whatever has come is read, and waited for. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('PA1 whoever holds back the last byte of a request acts by the rights they have when it comes', async () => {
  const app = await appInMemory();
  const [anna, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  const set = '/api/administration/agents/set';
  const rights = (one: string, administers: boolean) => ({ email: `${one}@example.org`, administers });
  await anna.api.do(set, rights('bob', true));
  const session = await anna.start();
  const again = hanging(app, bob, set, rights('bob', true));
  const hers = hanging(app, bob, set, rights('anna', false));
  const assist = hanging(app, bob, '/api/sessions/assist', { number: session.number });
  await settled();
  await anna.api.do(set, rights('bob', false));
  expect([await again(), await hers()]).toEqual(['forbidden', 'forbidden']);
  await anna.api.do('/api/administration/agents/remove', { email: 'bob@example.org' });
  expect(await assist()).toBe('signed-out');
  expect((await app.parts.book.get(session.id))?.participants.map(({ name }) => name)).toEqual(['Anna']);
});

test('PA1 so it is on every path: none is taken by who is no agent any more when it has come', async () => {
  const app = await appInMemory();
  const [, bob] = [await app.agent('Anna'), await app.agent('Bob')];
  const posts = new Set(app.app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path));
  const paths = [...posts].map((path) => path.replaceAll(/:\w+/g, () => newId()));
  const asking: string[] = []; // for a token
  for (const path of paths) if ((await app.anybody().raw('POST', path)).status === 401) asking.push(path);
  expect(asking.length).toBeGreaterThan(20);
  const held = asking.map((path) => ({ path, finish: hanging(app, bob, path, {}) }));
  await settled();
  await app.parts.agents.remove('bob@example.org');
  for (const { path, finish } of held) expect([path, await finish()]).toEqual([path, 'signed-out']);
});
