import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { atFiles, chooses, presses, through, useFiles, whole } from '../support/file-work.ts';
import { useWorld } from '../support/world.ts';

const MIB = 1024 * 1024;
const fileOf = useFiles();

for (const browser of BROWSERS) {
  describe(`files in ${browser}`, () => {
    const world = useWorld(browser, { BLOCKED_FILE_TYPES: 'scr' });

    test('SH4 a file from the agent, accepted before it flows, arrives equal; one back as well', async () => {
      const { mia, page, dashboard } = await atFiles(world);
      const large = await fileOf('manual.pdf.exe', 12 * MIB + 1);
      await chooses(page, large.path);
      await mia.reads('Ann offers a file');
      await mia.reads('ends in .exe');
      await mia.screen.press('button', 'Accept');
      expect(await whole(mia.screen, 'manual.pdf.exe')).toBe(large.sha256);
      expect(await whole(dashboard, 'manual.pdf.exe')).toBe(large.sha256);
      expect(await mia.screen.has('button', 'Save')).toBe(true);

      const [empty, small] = await Promise.all([fileOf('empty.txt', 0), fileOf('one.bin', 1)]);
      await chooses(mia.page, empty.path, small.path);
      await presses(dashboard, 'empty.txt', 'Accept');
      await presses(dashboard, 'one.bin', 'Accept');
      expect(await whole(dashboard, 'empty.txt')).toBe(empty.sha256);
      expect(await whole(dashboard, 'one.bin')).toBe(small.sha256);
    });

    test('SH4 refused and cancelled: nothing flows any more, and both read it', async () => {
      const { mia, page, dashboard } = await atFiles(world);
      const one = await fileOf('one.bin', 1000);
      await chooses(page, one.path);
      await mia.screen.press('button', 'Decline');
      await dashboard.reads('Mia did not accept it');
      await chooses(page, one.path);
      await mia.reads('Ann offers a file');
      await dashboard.press('button', 'Cancel');
      await mia.reads('Cancelled');
    });

    test('SH4 RE1 a reload of the receiver in the middle: it goes on by itself, and arrives equal', async () => {
      const { mia, page, dashboard } = await atFiles(world);
      const large = await fileOf('large.bin', 60 * MIB);
      await chooses(page, large.path);
      await mia.screen.press('button', 'Accept');
      await through(mia.screen, MIB);
      await mia.reloads();
      expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
      expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
    });

    test('SH4 RE1 a reload of the sender in the middle: with the same file chosen again it goes on, with another not', async () => {
      const { mia, dashboard } = await atFiles(world);
      const large = await fileOf('large.bin', 60 * MIB);
      const another = await fileOf('another.bin', 60 * MIB);
      await chooses(mia.page, large.path);
      await presses(dashboard, 'large.bin', 'Accept');
      await through(dashboard, MIB);
      await mia.reloads();
      for (const { path } of [another, large]) {
        await presses(mia.screen, 'large.bin', 'Choose the file again to go on');
        await chooses(mia.page, path);
        if (path === another.path) await mia.reads('This is not the file that was being sent');
      }
      expect(await whole(dashboard, 'large.bin')).toBe(large.sha256);
      expect(await whole(mia.screen, 'large.bin')).toBe(large.sha256);
    });

    test('SH4 a type of file that the site refuses is not offered; the sender reads which and why, and others go', async () => {
      const { mia, page, dashboard } = await atFiles(world);
      for (const [who, from, sender, to] of [
        ['mia', mia.page, mia.screen, dashboard],
        ['ann', page, dashboard, mia.screen],
      ] as const) {
        const [blocked, fine] = [await fileOf(`${who}.scr.jpg`, 10), await fileOf(`${who}.jpg`, 10)];
        await chooses(from, blocked.path, fine.path);
        await presses(to, `${who}.jpg`, 'Accept');
        expect(await whole(to, `${who}.jpg`)).toBe(fine.sha256);
        const said = await sender.alert();
        expect(said).toContain(`${who}.scr.jpg`);
        expect(said).toContain('Files of this type may not be sent');
        expect(await to.text()).not.toContain(`${who}.scr.jpg`);
      }
    });
  });
}
