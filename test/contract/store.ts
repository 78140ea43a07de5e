import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../relay/store/store.ts';

/** What every store must do, whatever it is made of. `open` gives an empty one, on the clock it is handed. */
export function storeContract(name: string, open: (clock: { now(): number }) => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let now = 1_000_000;
    let store: Store;
    beforeEach(async () => {
      now = 1_000_000;
      store = await open({ now: () => now });
    });
    afterEach(() => store.close());

    test('keeps what is put, by kind and key, as JSON', async () => {
      expect(await store.get('a', 'k')).toBeUndefined();
      await store.put('a', 'k', { n: 1, text: '😀 \u2028 "', list: [null, true] });
      await store.put('b', 'k', 'other');
      expect((await store.get('a', 'k'))?.value).toEqual({ n: 1, text: '😀 \u2028 "', list: [null, true] });
      expect((await store.get('b', 'k'))?.value).toBe('other');
    });

    test('puts without a version whatever was there, and changes the version each time', async () => {
      await store.put('a', 'k', 1);
      const first = await store.get('a', 'k');
      expect(await store.put('a', 'k', 1)).toBe(true);
      expect((await store.get('a', 'k'))?.version).not.toBe(first?.version);
    });

    test('compare-and-set: only the version that was read', async () => {
      expect(await store.put('a', 'k', 1, { ifVersion: 0 })).toBe(true);
      expect(await store.put('a', 'k', 2, { ifVersion: 0 })).toBe(false);
      const { version } = (await store.get('a', 'k')) ?? { version: -1 };
      expect(await store.put('a', 'k', 2, { ifVersion: version })).toBe(true);
      expect(await store.put('a', 'k', 3, { ifVersion: version })).toBe(false);
      expect((await store.get('a', 'k'))?.value).toBe(2);
      expect(await store.put('a', 'absent', 1, { ifVersion: version })).toBe(false);
    });

    test('of many who set at once one wins', async () => {
      await store.put('a', 'k', 0);
      const { version } = (await store.get('a', 'k')) ?? { version: -1 };
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, n) => store.put('a', 'k', n, { ifVersion: version })),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const made = await Promise.all(Array.from({ length: 20 }, (_, n) => store.put('a', 'new', n, { ifVersion: 0 })));
      expect(made.filter(Boolean)).toHaveLength(1);
    });

    test('deletes once, and only the version asked for; what is made again has another version', async () => {
      await store.put('a', 'k', 1, { ifVersion: 0 });
      const { version } = (await store.get('a', 'k')) ?? { version: -1 };
      expect(await store.delete('a', 'k', { ifVersion: version + 1 })).toBe(false);
      const both = await Promise.all([1, 2].map(() => store.delete('a', 'k', { ifVersion: version })));
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await store.delete('a', 'k')).toBe(false);
      await store.put('a', 'k', 1, { ifVersion: 0 });
      expect(await store.delete('a', 'k', { ifVersion: version })).toBe(false);
      expect(await store.put('a', 'k', 2, { ifVersion: version })).toBe(false);
    });

    test('what has expired does not exist, for anything', async () => {
      await store.put('a', 'k', 1, { expiresAt: now + 10, dueAt: now });
      const { version } = (await store.get('a', 'k')) ?? { version: -1 };
      now += 10;
      expect(await store.get('a', 'k')).toBeUndefined();
      expect(await store.list('a', '')).toEqual([]);
      expect(await store.due('a', now, 10)).toEqual([]);
      expect(await store.delete('a', 'k')).toBe(false);
      expect(await store.put('a', 'k', 2, { ifVersion: version })).toBe(false);
      expect(await store.put('a', 'k', 2, { ifVersion: 0 })).toBe(true);
      now += 1_000_000_000;
      expect((await store.get('a', 'k'))?.value).toBe(2);
    });

    test('says what is due, the longest due first, until it is written again', async () => {
      await store.put('a', 'late', 1, { dueAt: now + 5 });
      await store.put('a', 'second', 1, { dueAt: now });
      await store.put('a', 'first', 1, { dueAt: now - 5 });
      await store.put('a', 'never', 1);
      await store.put('b', 'other', 1, { dueAt: now });
      expect(await store.due('a', now, 10)).toEqual(['first', 'second']);
      expect(await store.due('a', now, 1)).toEqual(['first']);
      await store.put('a', 'first', 2);
      await store.delete('a', 'second');
      expect(await store.due('a', now, 10)).toEqual([]);
      expect(await store.due('a', now + 5, 10)).toEqual(['late']);
    });

    test('lists by prefix, in order of key, and takes no key for a pattern', async () => {
      for (const key of ['x:2', 'x:1', 'x', 'y:1', 'x%', 'x_1']) await store.put('a', key, key);
      expect((await store.list('a', 'x:')).map(({ key, value }) => [key, value])).toEqual([
        ['x:1', 'x:1'],
        ['x:2', 'x:2'],
      ]);
      expect((await store.list('a', 'x%')).map(({ key }) => key)).toEqual(['x%']);
      expect(await store.list('a', '')).toHaveLength(6);
    });

    test('counts in windows that begin with the first addition', async () => {
      expect(await store.increment('k', 1, 100)).toEqual({ count: 1, msLeft: 100 });
      now += 60;
      expect(await store.increment('k', 2, 100)).toEqual({ count: 3, msLeft: 40 });
      expect(await store.increment('other', 1, 100)).toEqual({ count: 1, msLeft: 100 });
      now += 40;
      expect(await store.increment('k', 1, 100)).toEqual({ count: 1, msLeft: 100 });
      const counts = await Promise.all(Array.from({ length: 10 }, () => store.increment('k', 1, 100)));
      expect(Math.max(...counts.map(({ count }) => count))).toBe(11);
    });

    test('publishes to every subscriber of that topic, in order, and says to how many', async () => {
      const heard: string[] = [];
      expect(await store.publish('t', 'nobody')).toBe(0);
      const receive = (message: string) => heard.push(message);
      const undo = await store.subscribe('t', receive);
      const undoToo = await store.subscribe('t', receive);
      await store.subscribe('u', () => heard.push('wrong'));
      expect(await store.publish('t', 'one')).toBe(2);
      undo();
      undo();
      expect(await store.publish('t', 'two')).toBe(1);
      expect(await store.publish('t', 'three')).toBe(1);
      undoToo();
      expect(await store.publish('t', 'four')).toBe(0);
      expect(heard).toEqual(['one', 'one', 'two', 'three']);
    });

    test('closes twice', async () => {
      await store.close();
      await store.close();
    });
  });
}
