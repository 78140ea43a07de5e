import type { Frame, Page } from 'puppeteer';
import type { Popup } from './browsers.ts';
import { until } from './until.ts';

export type Role = 'button' | 'link' | 'tab' | 'field' | 'checkbox' | 'radio' | 'menuitem' | 'dialog';

/** Runs in the page: the visible, enabled elements of a role whose accessible name is `name` (or begins with it). */
function find(role: Role, name: string, exact: boolean): Element[] {
  const SELECTORS: Record<Role, string> = {
    button: 'button:not([role]), [role=button], summary',
    link: 'a[href]',
    tab: '[role=tab]',
    field: 'input:not([type=checkbox]):not([type=radio]), textarea, select',
    checkbox: 'input[type=checkbox], [role=switch], [role=checkbox]',
    radio: 'input[type=radio], [role=radio]',
    menuitem: '[role^=menuitem]',
    dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
  };
  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby');
    if (by)
      return tidy(
        by
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent)
          .join(' '),
      );
    const label = element.getAttribute('aria-label');
    if (label) return tidy(label);
    const labels = 'labels' in element ? (element.labels as NodeListOf<HTMLElement> | null) : null;
    if (labels?.length) return tidy([...labels].map((one) => one.textContent).join(' '));
    return (
      tidy(element.textContent) || tidy(element.getAttribute('title')) || tidy(element.getAttribute('placeholder'))
    );
  };
  const shown = (element: Element) =>
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== 'hidden' &&
    !element.closest('[inert]');
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
  return [...(modal && role !== 'dialog' ? modal : document).querySelectorAll(SELECTORS[role])].filter((element) => {
    const own = nameOf(element);
    return shown(element) && (exact ? own === name : own.startsWith(name));
  });
}

// tsx, which runs the bench, wraps named functions in a helper that no page has.
const FIND = `((...given) => { const __name = (named) => named; return (${find})(...given); })`;
const quoted = JSON.stringify;

/** What a person sees of a page, a frame or a popup, and what they do there, by the names of things. */
export class Screen {
  readonly #view: Page | Frame | Popup;

  constructor(view: Page | Frame | Popup) {
    this.#view = view;
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#view.evaluate(expression);
  }

  async text(): Promise<string> {
    return String(await this.evaluate('document.body.innerText'));
  }

  /** Where it is, and what it shows: for a failure. */
  async #what(): Promise<string> {
    const where = await this.evaluate("location.href.split('#')[0] + ' ' + document.readyState");
    return `${where}: ${(await this.text()).slice(0, 600)}`;
  }

  async has(role: Role, name: string): Promise<boolean> {
    return (await this.evaluate(`${FIND}(${quoted(role)}, ${quoted(name)}, true).length > 0`)) === true;
  }

  /** Waits until that text stands on the screen. */
  async reads(text: string | RegExp): Promise<void> {
    const shown = (all: string) => (typeof text === 'string' ? all.includes(text) : text.test(all));
    let last = '';
    const look = async () => {
      last = await this.text();
      return shown(last);
    };
    await until(`the text ${text}`, look).catch((cause) => {
      throw new Error(`waited in vain for ${text}; on the screen: ${last.slice(0, 600)}`, { cause });
    });
  }

  async readsNot(text: string | RegExp): Promise<void> {
    const shown = (all: string) => (typeof text === 'string' ? all.includes(text) : text.test(all));
    await until(`the text ${text} to be gone`, async () => !shown(await this.text()));
  }

  /** Presses what has that name (or begins with it) if it is there now and may be pressed: says whether. */
  async presses(role: Role, name: string, exact = true): Promise<boolean> {
    const pressed = `(() => {
      const found = ${FIND}(${quoted(role)}, ${quoted(name)}, ${exact})[0];
      if (!found || found.disabled || found.closest('[aria-disabled=true]')) return false;
      found.focus();
      found.click();
      return true;
    })()`;
    return (await this.evaluate(pressed)) === true;
  }

  /** Waits for it, and presses it. */
  async press(role: Role, name: string): Promise<void> {
    const look = async () => (await this.presses(role, name)) || this.presses(role, name, false);
    await until(`the ${role} “${name}”`, look, { doing: true }).catch(async (cause) => {
      throw new Error(`no ${role} “${name}” on ${await this.#what()}`, { cause });
    });
  }

  /** Presses what has the focus with the Enter key: a press the browser itself has seen, as Firefox wants for some. */
  async pressEnter(): Promise<void> {
    if (!('keyboard' in this.#view)) throw new Error('only a page has a keyboard');
    await this.#view.keyboard.press('Enter');
  }

  /** Puts `text` into the field of that name, as pasting does. */
  async fill(name: string, text: string): Promise<void> {
    const filled = `(() => {
      const found = ${FIND}('field', ${quoted(name)}, true)[0] ?? ${FIND}('field', ${quoted(name)}, false)[0];
      if (!found) return false;
      found.focus();
      const kind = found instanceof HTMLTextAreaElement ? HTMLTextAreaElement : found instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(found, ${quoted(text)});
      found.dispatchEvent(new Event('input', { bubbles: true }));
      found.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    })()`;
    await until(`the field “${name}”`, async () => (await this.evaluate(filled)) === true, { doing: true }).catch(
      async (cause) => {
        throw new Error(`no field “${name}” on ${await this.#what()}`, { cause });
      },
    );
  }

  /** As with the keys for pasting: line breaks and all. */
  async pastes(name: string, text: string): Promise<void> {
    const pasted = `(() => {
      const found = ${FIND}('field', ${quoted(name)}, false)[0];
      if (!found) return false;
      found.focus();
      found.select();
      const event = new Event('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: { getData: () => ${quoted(text)} } });
      if (found.dispatchEvent(event)) throw new Error('the field takes no pasting of its own');
      return true;
    })()`;
    await until(`the field “${name}” to paste into`, async () => (await this.evaluate(pasted)) === true);
  }

  async value(name: string): Promise<string> {
    return String(await this.evaluate(`${FIND}('field', ${quoted(name)}, false)[0]?.value ?? ''`));
  }

  async tick(name: string, on: boolean): Promise<void> {
    const ticked = `(() => {
      const found = ${FIND}('checkbox', ${quoted(name)}, false)[0];
      if (!found) return false;
      const is = found.checked ?? found.getAttribute('aria-checked') === 'true';
      if (is !== ${on}) found.click();
      return true;
    })()`;
    await until(`the checkbox “${name}”`, async () => (await this.evaluate(ticked)) === true, { doing: true });
  }

  /** What stands in the chat, and nowhere else. */
  async conversation(): Promise<string> {
    return String(await this.evaluate(`document.querySelector('[role=log]')?.innerText ?? ''`));
  }

  /** The six digits to be compared (SE1). */
  async digits(): Promise<string> {
    const shown = `(document.querySelector('.compare-digits')?.innerText ?? '').replace(/\\D/g, '')`;
    return until('six digits', async () => {
      const digits = String(await this.evaluate(shown));
      return /^\d{6}$/.test(digits) && digits;
    });
  }

  /** What a screen reader would say at once. */
  async alert(): Promise<string> {
    return String(
      await this.evaluate(`[...document.querySelectorAll('[role=alert]')].map((e) => e.innerText).join(' ')`),
    );
  }

  /** The accessible name of what has the focus. */
  async focused(): Promise<string> {
    return String(
      await this.evaluate(
        `(() => { const e = document.activeElement; return e?.getAttribute('aria-label') ?? e?.labels?.[0]?.textContent ?? e?.textContent ?? '' })()`,
      ),
    );
  }
}
