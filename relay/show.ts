import { Desk, SignedIn, SignInStarted } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { CHROME } from './builds.ts';
import { onPath } from './on-path.ts';
import type { DemoAgent } from './parts.ts';
import { samplePage } from './sample-page.ts';

const CHROMIUMS = ['chromium', 'chromium-browser'];

/**
 * Where there is a display and a Chromium: opens one with the extension in it, the demo agent signed in, on a sample
 * page. It ends with this process.
 */
export async function showInBrowser(relay: string, agent: DemoAgent): Promise<void> {
  const executablePath = CHROMIUMS.map(onPath).find((path) => path !== undefined);
  if (!executablePath || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return;
  const { default: puppeteer } = await import('puppeteer'); // there for the tests; a production install has none
  const browser = await puppeteer.launch({
    ...{ browser: 'chrome', executablePath, headless: false, pipe: true, enableExtensions: true },
    defaultViewport: null, // as large as the window
    handleSIGINT: false, // the relay drains first
    handleSIGTERM: false,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], // Chromium refuses root without
  });
  const id = await browser.installExtension(CHROME);
  const signIn = await signedIn(relay, agent);
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${id}/options.html`);
  await page.evaluate(
    async (settings) => {
      const { storage }: { storage: { local: { set(values: object): Promise<void> } } } = Reflect.get(
        globalThis,
        'chrome',
      );
      await storage.local.set(settings);
    },
    { signIn, lastRelay: relay },
  );
  await page.goto(await samplePage());
  // The empty tab it began with, and the welcome page of an agent who is welcome already.
  for (const other of await browser.pages()) if (other !== page) await other.close();
  await page.bringToFront();
}

/** What the welcome page would have stored (extension/settings.ts). */
async function signedIn(relay: string, { email, code }: DemoAgent) {
  const post = async <S extends z.core.$ZodType>(schema: S, path: string, body: unknown): Promise<z.output<S>> => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(relay + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return z.parse(schema, await answer.json());
  };
  const started = await post(SignInStarted, '/api/sign-in', { email, language: 'en' });
  const answer = { ...started, code, browser: 'Chromium' };
  const { token, device, agent } = await post(SignedIn, '/api/sign-in/verify', answer);
  const desk = z.parse(Desk, await (await fetch(`${relay}/api/desk`)).json());
  return { relay, desk: desk.name, token, device, agent };
}
