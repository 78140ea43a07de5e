import { describe, expect, test } from 'vitest';
import { memoryOf } from '../bench/process-use.ts';
import { BROWSERS } from '../support/browsers.ts';
import { atFiles, chooses, keptFiles, presses, saves, through, useFiles, whole } from '../support/file-work.ts';
import { until } from '../support/until.ts';
import { useWorld } from '../support/world.ts';

const MIB = 1024 * 1024;
const fileOf = useFiles();

for (const browser of BROWSERS) {
  describe(`received files in ${browser}`, () => {
    const world = useWorld(browser);

    test('SH4 RE1 what was received and not saved can be saved after a reload and on the page that says it ended, and goes with that', async () => {
      const { ann, mia, page, dashboard } = await atFiles(world);
      const [there, back] = [await fileOf('there.bin', 3 * MIB), await fileOf('back.bin', 2 * MIB)];
      await chooses(page, there.path);
      await presses(mia.screen, 'there.bin', 'Accept');
      await chooses(mia.page, back.path);
      await presses(dashboard, 'back.bin', 'Accept');
      for (const screen of [mia.screen, dashboard]) {
        expect(await whole(screen, 'there.bin')).toBe(there.sha256);
        expect(await whole(screen, 'back.bin')).toBe(back.sha256);
      }
      await mia.reloads();
      expect(await saves(mia.screen, 'there.bin')).toEqual({ sha256: there.sha256, as: 'there.bin' });
      // What became of nothing is not kept: cancelled in the middle.
      const large = await fileOf('large.bin', 60 * MIB);
      await chooses(page, large.path);
      await presses(mia.screen, 'large.bin', 'Accept');
      await through(mia.screen, MIB);
      await presses(mia.screen, 'large.bin', 'Cancel');
      await until('the whole one alone, and its record', async () => (await keptFiles(mia.page)) === 2);

      await ann.ends();
      await mia.reads('Files you received');
      await until('nothing else', async () => (await mia.page.evaluate(STORES)) === 0);
      expect(await saves(mia.screen, 'there.bin')).toEqual({ sha256: there.sha256, as: 'there.bin' });
      await mia.page.goto(world.relay.url);
      await until('nothing of it in the customer’s browser', async () => (await keptFiles(mia.page)) === 0);
      // The agent has a day.
      await ann.reloads();
      await dashboard.press('tab', 'Tools');
      expect(await saves(dashboard, 'back.bin')).toEqual({ sha256: back.sha256, as: 'back.bin' });
      await dashboard.evaluate(DAYS_AGO);
      await ann.reloads();
      await until('nothing of it in the agent’s', async () => (await keptFiles(page)) === 0);
    });

    test('SH4 over a long way a large file goes by several connections to the same person, which close after it', async () => {
      const { mia, dashboard } = await atFiles(world);
      await mia.screen.evaluate(LONG_WAY);
      const large = await fileOf('large.bin', 80 * MIB);
      await chooses(mia.page, large.path);
      await presses(dashboard, 'large.bin', 'Accept');
      await until('the connections', async () => Number(await mia.screen.evaluate(STANDING)) === 7);
      expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
      expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
      expect(Number(await mia.screen.evaluate('least'))).toBeGreaterThan(MIB);
      await until('their end', async () => Number(await mia.screen.evaluate(STANDING)) === 0);
    });
  });
}

describe('a large file', () => {
  const world = useWorld('chromium');

  test('SH4 300 MiB arrive equal, and neither browser holds them in memory', async () => {
    const { ann, mia, dashboard } = await atFiles(world);
    const browsers = [ann.browser.browser, mia.page.browser()];
    const held = () => browsers.map((one) => memoryOf(one.process()?.pid ?? 0));
    const large = await fileOf('large.bin', 300 * MIB);
    await chooses(mia.page, large.path);
    await presses(dashboard, 'large.bin', 'Accept');
    await through(dashboard, 0);
    const before = held();
    const most = [...before];
    const look = setInterval(() => {
      for (const [at, now] of held().entries()) most[at] = Math.max(most[at] ?? 0, now);
    }, 200);
    const sha256 = await whole(dashboard, 'large.bin').finally(() => clearInterval(look));
    expect(sha256).toBe(large.sha256);
    expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
    const grown = most.map((now, at) => Math.round((now - (before[at] ?? 0)) / MIB));
    for (const mib of grown) expect(mib).toBeLessThan(150);
  });
});

/** How many places this site keeps something of. */
const STORES = `indexedDB.databases().then((all) => all.filter(({ name }) => name.startsWith('hulplijn-page-')).length)`;

/** As if this page had not been open since: what it keeps of its sessions was last touched at the beginning of time. */
const DAYS_AGO = `(async () => {
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('hulplijn-page-')) continue;
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    const store = database.transaction('sessions', 'readwrite').objectStore('sessions');
    await new Promise((done) => {
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return done();
        cursor.update({ ...cursor.value, touchedAt: 0 });
        cursor.continue();
      };
    });
    database.close();
  }
})()`;

/** The way to the others takes 40 ms, as far as this page is told; connections made from now on are watched. */
const LONG_WAY = `(() => {
  const told = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async () =>
    new Map([['way', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.04 }]]);
  globalThis.made = [];
  globalThis.least = 0;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    createDataChannel(label, options) {
      if (label === 'files') made.push(this); // not another one of the link's own
      return super.createDataChannel(label, options);
    }
  };
  setInterval(async () => {
    const sent = await Promise.all(made.map(async (one) => {
      let bytes = 0;
      for (const stat of (await told.call(one)).values()) {
        if (stat.type === 'candidate-pair') bytes += stat.bytesSent ?? 0;
      }
      return bytes;
    }));
    if (sent.length === 7) least = Math.max(least, Math.min(...sent));
  }, 100);
})()`;
const STANDING = `made.filter((one) => one.connectionState === 'connected').length`;
