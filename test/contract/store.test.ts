import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../relay/store/sqlite.ts';
import { storeContract } from './store.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hulplijn-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

storeContract('SQLite in memory', async (clock) => openSqlite(':memory:', clock));
storeContract('SQLite on disk', async (clock) => openSqlite(join(folder, `${files++}.sqlite`), clock));

test('RE1 what was put is there after the store is opened again, and two may have it open', async () => {
  const file = join(folder, 'again.sqlite');
  const clock = { now: () => 1 };
  const one = openSqlite(file, clock);
  const two = openSqlite(file, clock);
  expect(await one.put('a', 'k', 1, { ifVersion: 0 })).toBe(true);
  expect(await two.put('a', 'k', 2, { ifVersion: 0 })).toBe(false);
  await one.close();
  await two.close();
  const again = openSqlite(file, clock);
  expect((await again.get('a', 'k'))?.value).toBe(1);
  await again.close();
});
