import { render } from 'preact';
import { loadT } from '../../../shared/locales/load.ts';
import { Language } from '../../../shared/ui/i18n.ts';
import { keepFocus } from '../../../shared/ui/keep-focus.ts';
import { GALLERY } from './views.tsx';

/** `?view=popup&language=nl&theme=dark`: one view with its fixture; without a view, the list of them. */
const query = new URLSearchParams(location.search);
const language = query.get('language') === 'nl' ? 'nl' : 'en';
const entry = GALLERY[query.get('view') ?? ''];
document.documentElement.lang = language;
const theme = query.get('theme');
if (theme) document.documentElement.dataset.theme = theme;
document.title = query.get('view') ?? 'Gallery';
const root = document.getElementById('root');
if (!root) throw new Error('no root');
if (entry) {
  await entry.style();
  keepFocus();
  const t = await loadT(language);
  render(<Language.Provider value={t}>{entry.view()}</Language.Provider>, root);
  document.documentElement.dataset.ready = '';
} else {
  render(
    <ul>
      {Object.entries(GALLERY).flatMap(([name, { widths }]) =>
        widths.map((width) => (
          <li key={`${name} ${width}`}>
            <a href={`?view=${name}`} data-view={name} data-width={width}>
              {name}, {width} px
            </a>
          </li>
        )),
      )}
    </ul>,
    root,
  );
  document.documentElement.dataset.ready = '';
}
