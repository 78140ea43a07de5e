import { type ComponentChild, render } from 'preact';
import { loadT } from '../shared/locales/load.ts';
import type { Language as LanguageName } from '../shared/protocol/relay-api.ts';
import { Language } from '../shared/ui/i18n.ts';
import { keepFocus } from '../shared/ui/keep-focus.ts';

const root = (): Element => {
  const found = document.getElementById('root');
  if (!found) throw new Error('the page has no #root');
  return found;
};

/** Draws a page of ours in `language`; a changed language draws it anew, all of it. */
export async function draw(language: LanguageName, content: () => ComponentChild, load = loadT): Promise<void> {
  const t = await load(language);
  document.documentElement.lang = language;
  const Content = content;
  keepFocus();
  render(
    <Language.Provider value={t}>
      <Content />
    </Language.Provider>,
    root(),
  );
}

/** Takes everything off the page. */
export const undraw = (): void => render(null, root());
