import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
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

test('SE3 what is kept is for its owner alone to read, also what another version made for all', async () => {
  const clock = { now: () => 1 };
  const data = join(folder, 'deep', 'data');
  const file = join(data, 'relay.sqlite');
  const modes = async () =>
    Promise.all((await readdir(data)).map(async (name) => (await stat(join(data, name))).mode & 0o777));
  const before = process.umask(0o022);
  try {
    const store = openSqlite(file, clock);
    await store.put('a', 'k', 1);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect(await modes()).toEqual([0o600, 0o600, 0o600]); // the store, and what SQLite keeps beside it
    for (const name of await readdir(data)) await chmod(join(data, name), 0o644);
    await chmod(data, 0o755);
    const again = openSqlite(file, clock);
    expect(await modes()).toEqual([0o600, 0o600, 0o600]);
    expect((await stat(data)).mode & 0o777).toBe(0o755); // other things may be in it
    await again.close();
    await store.close();
  } finally {
    process.umask(before);
  }
});
