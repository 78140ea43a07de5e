/// <reference types="vite/client" />
import '../../../relay/site/site.css';
import { type ComponentChild, render } from 'preact';
import { loadT } from '../../../shared/locales/load.ts';
import { Language as Words } from '../../../shared/ui/i18n.ts';
import { screens } from './screens.tsx';

// `?screen=<name>&language=<en|nl>` draws one screen of the site as it stands, with nothing behind it.

const asked = new URLSearchParams(location.search);
const language = asked.get('language') === 'nl' ? 'nl' : 'en';
const t = await loadT(language);
document.documentElement.lang = language;
if (asked.has('theme')) document.documentElement.dataset.theme = asked.get('theme') ?? '';
const draw: (() => ComponentChild) | undefined = screens[asked.get('screen') ?? ''];
render(<Words.Provider value={t}>{draw?.()}</Words.Provider>, document.body);
document.documentElement.dataset.drawn = 'yes';
