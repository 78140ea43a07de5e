import type { Browser, BrowserContext, Page } from 'puppeteer';
import type { SinkChoice } from '../../shared/files/sink.ts';
import type { Result } from './files-page/page.ts';
import { type LinkSite, startLinkSite } from './link-site.ts';
import { until } from './until.ts';

const POLICY = ["default-src 'none'", "connect-src 'self'", "worker-src 'self'", 'img-src data:'].join('; ');
const TYPES = "require-trusted-types-for 'script'; trusted-types hulplijn";

/** The pages of the files' tests, as strictly kept as the product's: only the worker may compile WebAssembly. */
export function startFilesSite(): Promise<LinkSite> {
  const policy = (path: string) =>
    `${POLICY}; script-src 'self'${path.includes('file.worker') ? " 'wasm-unsafe-eval'" : ''}; ${TYPES}`;
  return startLinkSite({
    folder: 'files-page',
    pages: ['index.html'],
    headers: (path) => ({ 'content-security-policy': policy(path) }),
  });
}

type Files = NonNullable<Window['files']>;

/** One side of a transfer: a browser profile of its own and one page in it. */
export class FileEnd {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  /** A context of its own is a private window, whose disk is memory; `lasting`, it is a person's browser. `unmoved`: channels stay in the page. */
  static async open(browser: Browser, site: LinkSite, { lasting = false, unmoved = false } = {}): Promise<FileEnd> {
    const context = lasting ? browser.defaultBrowserContext() : await browser.createBrowserContext();
    const page = await context.newPage();
    const end = new FileEnd(context, page);
    await page.goto(`${site.url}/index.html${unmoved ? '?unmoved' : ''}`);
    await end.#ready();
    return end;
  }
  async #ready(): Promise<void> {
    await until('the page', () => this.page.evaluate('window.files !== undefined'));
  }

  /** Runs `act` in the page. */
  async do<A extends unknown[], R>(act: (files: Files, ...args: A) => R, ...args: A): Promise<Awaited<R>> {
    const code = `(async (...args) => (${act.toString()})(window.files, ...args))(...${JSON.stringify(args)})`;
    // What a page answers has the type of the function sent there.
    return (await this.page.evaluate(code)) as Awaited<R>;
  }

  /** A new connection to the other end, with a channel that both pools have; or only theirs, to lie to it. */
  async connect(other: FileEnd, { lying = false } = {}): Promise<void> {
    const offer = await this.do((files, lie) => files.offer(lie), lying);
    const answer = await other.do((files, sdp) => files.answer(sdp), offer);
    await this.do((files, sdp) => files.accept(sdp), answer);
  }
  cut(): Promise<void> {
    return this.do((files) => files.cut());
  }

  send(id: number, size: number): Promise<void> {
    return this.do((files, number, bytes) => files.send(number, bytes), id, size);
  }
  receive(id: number, size: number, sink: SinkChoice = { kind: 'private', name: `file-${id}` }): Promise<void> {
    return this.do((files, number, bytes, to) => files.receive(number, bytes, to), id, size, sink);
  }
  cancel(job: string): Promise<void> {
    return this.do((files, name) => files.cancel(name), job);
  }
  /** Until that much of it is through. */
  async until(job: string, bytes: number): Promise<void> {
    await until(`${bytes} bytes of ${job}`, () =>
      this.do((files, name, enough) => (files.job(name).progress.at(-1) ?? 0) >= enough, job, bytes),
    );
  }
  progress(job: string): Promise<number[]> {
    return this.do((files, name) => files.job(name).progress, job);
  }
  result(job: string): Promise<Result> {
    return until(`the end of ${job}`, () => this.do((files, name) => files.job(name).result, job));
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }
  async close(): Promise<void> {
    await this.#context.close();
  }
}
