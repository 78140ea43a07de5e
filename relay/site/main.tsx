import './site.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { RelayClient } from '../../shared/client/relay-client.ts';
import { loadT } from '../../shared/locales/load.ts';
import type { T } from '../../shared/locales/messages.ts';
import { HulplijnError } from '../../shared/protocol/errors.ts';
import type { Language } from '../../shared/protocol/relay-api.ts';
import { Language as Words } from '../../shared/ui/i18n.ts';
import { readDevice } from './device.ts';
import { keepLanguage, readLanguage } from './language.ts';
import { readRoute } from './route.ts';
import { Seats } from './seat.ts';
import { Site } from './site.tsx';
import { Visitor } from './visitor.ts';

const device = readDevice();
const visitor = new Visitor({
  relay: new RelayClient(location.origin),
  seats: new Seats(),
  route: readRoute(location),
  href: location.href,
  secure: device.secure,
  // What only a session needs comes while the form is being read.
  prepare: async (place) => {
    const { prepare } = await import('./conversation.tsx').catch((cause) => {
      throw new HulplijnError('relay-unreachable', { cause });
    });
    return prepare(place);
  },
  cleanAddress: () => history.replaceState(null, '', location.pathname),
});

const t = signal<T | undefined>(undefined);
const speak = async (language: Language) => {
  t.value = await loadT(language);
};
const choose = (language: Language) => {
  keepLanguage(language);
  void speak(language);
};

function App() {
  if (!t.value) return null;
  return (
    <Words.Provider value={t.value}>
      <Site visitor={visitor} device={device} onLanguage={choose} />
    </Words.Provider>
  );
}

addEventListener('pagehide', () => visitor.goes());
// Out of the back/forward cache this page's connections are dead: as after a reload.
addEventListener('pageshow', (event) => event.persisted && location.reload());
addEventListener('beforeunload', (event) => visitor.inSession && event.preventDefault());

const chosen = readLanguage();
void visitor.start();
await speak(chosen ?? 'en');
document.body.replaceChildren(); // what stands there until this page is drawn
render(<App />, document.body);
const unwatch = visitor.desk.subscribe((desk) => {
  if (!desk) return;
  const { language, languages } = desk;
  document.documentElement.toggleAttribute('data-one-language', languages.length === 1);
  const shown = chosen && languages.includes(chosen) ? chosen : language;
  if (shown !== t.peek()?.language) void speak(shown);
  queueMicrotask(() => unwatch());
});
