import type { Browser, Frame, Page } from 'puppeteer';
import type { Popup } from './browsers.ts';
import { until } from './until.ts';

/** The part of Puppeteer's BiDi browser that reaches Firefox's own window; not public, so it is used here alone. */
interface Bidi {
  connection: { send(method: string, params: object): Promise<{ result: unknown }> };
}
const isBidi = (browser: unknown): browser is Bidi =>
  typeof browser === 'object' && browser !== null && 'connection' in browser;

/** Runs `expression` in Firefox's browser window (`--remote-allow-system-access`). */
async function inWindow(browser: Browser, expression: string): Promise<unknown> {
  if (!isBidi(browser)) throw new Error('not a BiDi browser');
  const tree = await browser.connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const { contexts } = tree.result as { contexts: { context: string }[] };
  const answer = await browser.connection.send('script.evaluate', {
    expression,
    target: { context: contexts[0]?.context },
    awaitPromise: true,
    userActivation: true,
  });
  const result = answer.result as
    | { type: 'success'; result: { value?: unknown } }
    | { type: 'exception'; exceptionDetails: { text: string } };
  if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
  return result.result.value;
}

/** A page of Puppeteer's coming to the front does not close it. */
async function closePopup(browser: Browser): Promise<void> {
  const closed = `(() => {
    const open = [...document.querySelectorAll('browser.webextension-popup-browser')];
    for (const popup of open) popup.closest('panel')?.hidePopup();
    return open.length === 0;
  })()`;
  await until('no popup', async () => (await inWindow(browser, closed)) === true);
}

/** Keys as from the keyboard, to the frame that has the focus: Puppeteer sends them to the page around it. */
export async function typeInFrame(browser: Browser, frame: Frame, text: string): Promise<void> {
  if (!isBidi(browser)) throw new Error('not a BiDi browser');
  const actions = [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  const context: unknown = Reflect.get(frame, '_id');
  await browser.connection.send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
}

/** The pointer moves to the middle of something in that frame: Puppeteer does not find a frame in a closed shadow root. */
export async function pointInFrame(browser: Browser, frame: Frame, selector: string): Promise<void> {
  if (!isBidi(browser)) throw new Error('not a BiDi browser');
  const { x, y } = await frame.$eval(selector, (found) => {
    const { left, top, width, height } = found.getBoundingClientRect();
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  });
  const context: unknown = Reflect.get(frame, '_id');
  const actions = [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', x, y }] }];
  await browser.connection.send('input.performActions', { context, actions });
}

/** A press of the toolbar icon as the browser itself does it: it grants `activeTab` and opens the popup. */
export async function clickToolbar(browser: Browser, id: string): Promise<void> {
  await closePopup(browser); // a press while it is open would close it
  await inWindow(
    browser,
    `(() => {
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const extension = ExtensionParent.GlobalManager.getExtension(${JSON.stringify(id)});
      ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
    })()`,
  );
}

/** The popup panel: no page for BiDi, so it is reached through a script put into its frame from the browser's window. */
export async function firefoxPopup(browser: Browser, address: string): Promise<Popup> {
  const panel = `[...document.querySelectorAll('browser.webextension-popup-browser')].find((b) => b.currentURI?.spec === ${JSON.stringify(address)})`;
  const isOpen = async () => (await inWindow(browser, `Boolean(${panel})`)) === true;
  const evaluate = async (expression: string): Promise<unknown> => {
    const script = `(async () => {
      let answer;
      try {
        // The page's own eval is forbidden by its Content-Security-Policy.
        const inside = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
        answer = { value: await Cu.evalInSandbox(${JSON.stringify(expression)}, inside) };
      } catch (cause) {
        answer = { failed: String(cause) };
      }
      sendAsyncMessage('hulplijn-test', JSON.stringify(answer));
    })()`;
    const text = await inWindow(
      browser,
      `new Promise((resolve, reject) => {
        const panel = ${panel};
        if (!panel) return reject(new Error('the popup is closed'));
        const manager = panel.messageManager;
        const heard = ({ data }) => {
          manager.removeMessageListener('hulplijn-test', heard);
          resolve(data);
        };
        manager.addMessageListener('hulplijn-test', heard);
        manager.loadFrameScript('data:,' + encodeURIComponent(${JSON.stringify(script)}), false);
      })`,
    );
    const answer: { value?: unknown; failed?: string } = JSON.parse(String(text));
    if (answer.failed !== undefined) throw new Error(answer.failed);
    return answer.value;
  };
  await until('the popup', isOpen);
  await until('the popup to load', async () => (await evaluate(`document.readyState === 'complete'`)) === true);
  return { evaluate, isOpen, close: () => closePopup(browser) };
}

/** Opens an extension page in a tab: Firefox loads it, but never tells BiDi so. */
export async function gotoExtensionPage(page: Page, address: string): Promise<void> {
  void page.goto(address).catch(() => undefined);
  await until(address, () =>
    page.evaluate((url) => location.href === url && document.readyState === 'complete', address),
  );
}
