import type { ElementHandle, Frame, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSERS } from '../support/browsers.ts';
import { type PageServer, servePages } from '../support/pages.ts';
import { press } from '../support/press.ts';
import { type ScriptedAgent, scriptedAgent } from '../support/scripted/agent.ts';
import { until } from '../support/until.ts';

const HIDING = '<style>* { all: unset !important; display: none !important }</style>';
const COVERED = `<style>.cover { position: fixed; inset: 0; z-index: 2147483647; background: #eee }</style>
  <script>
    // Whoever is last wins, again and again.
    new MutationObserver(() => document.body.append(document.querySelector('.cover'))).observe(document.documentElement, { childList: true });
  </script><div class="cover"></div>`;
const DIALOGS = `<dialog id="outer">outer <input><dialog id="inner">inner <input></dialog></dialog>`;
const FULL = `<div id="full" style="background: #ccc"><button onclick="full.requestFullscreen()">Fill</button></div>`;
const HEARING = `<input><script>
  window.heard = [];
  for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'paste', 'change'])
    window.addEventListener(type, (event) => heard.push(type), true);
</script>`;

/** A nonce that no content script has made. */
const STOLEN = 'f'.repeat(32);

const shadowHost = () => document.querySelector('[popover="manual"]');

/** Whether the bar is what a person sees and can press in the middle of where it stands. */
const onTop = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const host = document.querySelector('[popover="manual"]');
    const box = host?.getBoundingClientRect();
    if (!host || !box || box.width < 20) return false;
    return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === host;
  });

/** A field to type in, of the Invite panel. */
const field = async (bar: Frame): Promise<ElementHandle> => {
  if ((await bar.$('input[type=email]')) === null) await press(bar, 'Invite');
  const input = await bar.waitForSelector('input[type=email]');
  if (!input) throw new Error('the bar has no field');
  return input;
};

const typed = (input: ElementHandle) => input.evaluate((element) => String(Reflect.get(element, 'value')));

describe.each(BROWSERS)('in %s', (name) => {
  let site: PageServer;
  let agent: ScriptedAgent;

  beforeAll(async () => {
    site = await servePages({
      '/': '<h1>A page</h1>',
      '/next': '<h1>The next page</h1>',
      '/csp': {
        body: '<h1>Strict</h1>',
        headers: {
          'content-security-policy': "default-src 'none'; frame-src 'none'; require-trusted-types-for 'script'",
        },
      },
      '/coep': {
        body: '<h1>Isolated</h1>',
        headers: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
      },
      '/hiding': HIDING,
      '/covered': COVERED,
      '/dialogs': DIALOGS,
      '/full': FULL,
      '/hearing': HEARING,
    });
    agent = await scriptedAgent(name);
    await agent.start(await agent.newPage(site.url));
  });
  afterAll(async () => {
    await agent?.close();
    await site?.close();
  });

  const open = async (path: string): Promise<{ page: Page; bar: Frame }> => {
    const page = await agent.newPage(site.url + path);
    return { page, bar: await agent.putBar(page) };
  };

  test.each([
    ['a strict Content-Security-Policy', '/csp'],
    ['COEP require-corp', '/coep'],
    ['a page that hides everything', '/hiding'],
    ['a page that covers everything', '/covered'],
  ])('ST4 the bar shows on %s', async (_title, path) => {
    const { page } = await open(path);
    await until('the bar on top', () => onTop(page));
    await page.close();
  });

  test('ST4 the bar stays usable over modal dialogs, and keeps what was typed', async () => {
    const { page, bar } = await open('/dialogs');
    await agent.typeInto(bar, await field(bar), 'mia@');
    for (const id of ['outer', 'inner']) {
      await page.evaluate((dialog) => {
        const found = document.getElementById(dialog);
        if (found instanceof HTMLDialogElement) found.showModal();
      }, id);
      await until(`the bar over ${id}`, () => onTop(page));
      const over = await agent.bar(page);
      await agent.typeInto(over, await field(over), 'x');
      expect(await typed(await field(over))).toMatch(/x$/);
    }
    await page.evaluate(() => {
      for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    });
    await until('the bar outside again', () =>
      page.evaluate(() => document.querySelector('[popover="manual"]')?.parentNode === document.documentElement),
    );
    // Firefox loads a frame anew that is moved: what was typed goes, the bar stays.
    if (name === 'chromium') expect(await typed(await field(await agent.bar(page)))).toBe('mia@xx');
    await page.close();
  });

  test('ST4 the bar stays above a full-screen element', async () => {
    const { page } = await open('/full');
    await page.bringToFront();
    await page.click('button');
    await until('full screen', () => page.evaluate(() => document.fullscreenElement !== null));
    await until('the bar on top', () => onTop(page));
    await page.evaluate(() => document.exitFullscreen());
    await page.close();
  });

  /** What of the bar is outside its frame, or of the frame outside the page: pairs of an edge and where it may be. */
  const cutOff = async (page: Page, bar: Frame): Promise<number[][]> => {
    const [left, top, right, bottom, width, height] = await page.evaluate(() => {
      const box = document.querySelector('[popover="manual"]')?.getBoundingClientRect() ?? new DOMRect();
      return [box.left, box.top, innerWidth - box.right, innerHeight - box.bottom, box.width, box.height];
    });
    const [widest, lowest] = await bar.evaluate(() => {
      const boxes = (selector: string) =>
        [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
      return [
        Math.max(...boxes('.bar, .bar-panel, button').map((box) => box.right)),
        Math.max(...boxes('.bar, .bar-panel').map((box) => box.bottom)), // what is in a panel may scroll
      ];
    });
    const least = [left, top, right, bottom].map((room = 0) => [0, room]);
    return [...least, [widest ?? 0, width ?? 0], [lowest ?? 0, height ?? 0]].filter(
      ([needs = 0, has = 0]) => needs > has + 1,
    );
  };

  test.each([
    [360, 400, 0],
    [640, 480, 0.45],
    [1000, 700, 1],
  ])(
    'ST4 in a page of %i × %i px the bar and what it opens are seen whole, standing at %f',
    async (width, height, y) => {
      await agent.store({ barPlace: { x: 0.5, y } });
      const { page, bar } = await open('/');
      await page.setViewport({ width, height });
      for (const panel of ['Invite', 'Participants', 'Chat']) {
        const open = async () => (await bar.$(`.bar-panel.${panel.toLowerCase()}`)) !== null;
        if (!(await open())) await press(bar, panel); // Invite opens by itself when a session has begun
        await until(panel, open);
        await until(`${panel} to be seen whole`, async () => (await cutOff(page, bar)).length === 0);
        await press(bar, 'Close');
      }
      // A count that comes makes the bar wider and not higher.
      await bar.evaluate(() => document.querySelector('.bar-number')?.append(' 1'));
      await until('the wider bar to be seen whole', async () => (await cutOff(page, bar)).length === 0);
      await page.close();
    },
  );

  test('ST4 the bar outlives navigation inside the page', async () => {
    const { page, bar } = await open('/');
    await page.evaluate(() => {
      history.pushState(null, '', '/elsewhere');
      const body = document.createElement('body');
      body.textContent = 'another view';
      document.body.replaceWith(body);
    });
    expect(await onTop(page)).toBe(true);
    expect(await agent.barFrame(page)).toBe(bar);
    await page.close();
  });

  test('ST4 the bar is there after a step on this site and back', async () => {
    const { page } = await open('/');
    await page.goto(`${site.url}/next`);
    // Firefox takes `activeTab` back with every page.
    if (name === 'chromium') await until('the bar on the next page', () => onTop(page));
    await page.evaluate(() => setTimeout(() => history.back())); // out of the back/forward cache no load event comes
    await until('the page before', () => page.evaluate(() => location.pathname === '/'));
    await until('the bar on the page before', () => onTop(page));
    await page.close();
  });

  test('ST4 the bar comes back when the page takes it out, a bounded number of times', async () => {
    const { page } = await open('/');
    await page.evaluate(() => document.querySelector('[popover="manual"]')?.remove());
    await until('the bar again', () => onTop(page));
    const seen = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0;
          let rest: ReturnType<typeof setTimeout>;
          const take = () => {
            const host = document.querySelector('[popover="manual"]');
            if (!host) return;
            count += 1;
            clearTimeout(rest);
            rest = setTimeout(() => resolve(count), 1000);
            host.remove();
          };
          new MutationObserver(take).observe(document, { childList: true, subtree: true });
          take();
        }),
    );
    expect(seen).toBe(5); // one of the five was spent before
    expect(await page.evaluate(shadowHost)).toBeNull();
    await page.close();
  });

  test('ST4 nothing typed in the bar is heard by the page', async () => {
    const { page, bar } = await open('/hearing');
    const input = await field(bar);
    await agent.typeInto(bar, input, 'mia');
    expect(await typed(input)).toContain('mia');
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
    await page.type('input', 'a');
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toContain('keydown');
    await page.close();
  });

  test('ST4 a page that frames the bar itself gets nothing', async () => {
    const { page } = await open('/');
    const dashboard = await agent.extensionPage('dashboard.html');
    await dashboard.evaluate(`(globalThis.browser ?? chrome).runtime.onConnect.addListener((port) => {
      port.onMessage.addListener(({ type, nonce }) => {
        if (type === 'hello bar' && nonce === '${STOLEN}') globalThis.asked = (globalThis.asked ?? 0) + 1;
      });
    })`);
    await page.evaluate(
      (address, guessed) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.id = 'stolen';
          frame.src = address;
          frame.onload = () => {
            for (const nonce of ['0'.repeat(32), guessed]) {
              frame.contentWindow?.postMessage({ nonce }, '*', [new MessageChannel().port2]);
            }
            resolve(undefined);
          };
          document.body.append(frame);
        }),
      agent.address('icon-bar.html'),
      STOLEN,
    );
    const stolen = await (await page.waitForSelector('#stolen'))?.contentFrame();
    if (!stolen) throw new Error('no frame');
    // Whoever asks a third time was refused twice: the dashboard closed its line.
    await until(
      'the dashboard to have refused it',
      async () => Number(await dashboard.evaluate('globalThis.asked')) >= 3,
    );
    expect(await stolen.evaluate(() => document.querySelector('#root')?.childElementCount)).toBe(0);
    expect(await onTop(page)).toBe(true);
    await page.close();
  });

  test('RE1 the bar finds a reloaded dashboard again', async () => {
    const { page, bar } = await open('/');
    const dashboard = await agent.extensionPage('dashboard.html');
    await bar.evaluate(() => Object.assign(window, { same: true }));
    dashboard.once('dialog', (dialog) => void dialog.accept()); // the leave warning
    await dashboard.evaluate(() => setTimeout(() => location.reload()));
    await until('the bar to miss it', () =>
      bar.evaluate(() => document.querySelector('#root')?.childElementCount === 0),
    );
    await until('the bar again', () => bar.evaluate(() => document.querySelector('#root')?.childElementCount !== 0));
    expect(await bar.evaluate(() => Reflect.get(window, 'same'))).toBe(true);
    expect(await onTop(page)).toBe(true);
    await page.close();
  });

  test('EN1 the bar goes when the session has ended', async () => {
    const { page, bar } = await open('/');
    await press(bar, 'Session');
    await press(bar, 'End');
    await press(bar, 'End session');
    await until('no bar', async () => (await page.evaluate(shadowHost)) === null);
    await page.close();
  });
});
