import './administration.css';
import { signal } from '@preact/signals';
import { RelayClient } from '../../../shared/client/relay-client.ts';
import { AuditPage, Health, MailTested, Overview } from '../../../shared/protocol/administration-api.ts';
import { HulplijnError } from '../../../shared/protocol/errors.ts';
import { z } from '../../../shared/protocol/schema.ts';
import { saveFile } from '../../../shared/ui/save-file.ts';
import { answerOf } from '../../answer.ts';
import { draw } from '../../page.tsx';
import { languageOf, readSettings, watchSettings } from '../../settings.ts';
import {
  type Administering,
  type AdministrationProps,
  AdministrationView,
  type Loaded,
  type Section,
} from './administration-view.tsx';
import { loadWholeT } from './words.ts';

const MAIL_MS = 60_000; // a mail server that does not answer takes its time
const SECTIONS = z.enum(['agents', 'queues', 'limits', 'desk', 'mail', 'reports', 'health', 'log']);

const settings = signal(await readSettings());
const overview = signal<AdministrationProps['overview']>({ is: 'loading' });
const section = signal<Section>(z.safeParse(SECTIONS, location.hash.slice(1)).data ?? 'agents');

const relay = (): RelayClient => {
  const { signIn } = settings.peek();
  if (!signIn) throw new HulplijnError('signed-out');
  return new RelayClient(signIn.relay, signIn.token);
};

async function loaded<Value>(ask: () => Promise<Value>): Promise<Loaded<Value>> {
  try {
    return { is: 'here', value: await ask() };
  } catch (cause) {
    return { is: 'refused', error: cause instanceof HulplijnError ? cause.code : 'server-error' };
  }
}

async function load(): Promise<void> {
  overview.value = await loaded(() => relay().ask('GET', 'administration/overview', Overview));
}

const administering: Administering = {
  change: (what, body) =>
    answerOf(async () => {
      await relay().ask('POST', `administration/${what}`, z.unknown(), { body });
      await load();
    }),
  health: () => loaded(() => relay().ask('GET', 'administration/health', Health)),
  testMail: () =>
    loaded(() => {
      const body = { language: languageOf(settings.peek()) };
      return relay().ask('POST', 'administration/mail-test', MailTested, { body, within: MAIL_MS });
    }),
  log: (before) =>
    loaded(() => relay().ask('GET', `administration/log${before ? `?before=${before}` : ''}`, AuditPage)),
  download: (as) =>
    answerOf(async () => {
      const text = await relay().text(`administration/log.${as}`);
      saveFile(new Blob([text]), `hulplijn-log.${as}`);
    }),
};

const content = () => {
  const { signIn } = settings.value;
  return (
    <AdministrationView
      me={signIn?.agent.email ?? ''}
      desk={signIn?.desk ?? ''}
      overview={overview.value}
      relay={administering}
      section={section.value}
      onSection={(next) => {
        section.value = next;
        history.replaceState(null, '', `#${next}`);
      }}
      onAgain={() => void load()}
    />
  );
};

watchSettings((now) => {
  const before = settings.peek();
  settings.value = now;
  if (languageOf(before) !== languageOf(now)) void draw(languageOf(now), content, loadWholeT);
  if (before.signIn?.token !== now.signIn?.token) void load();
});
await draw(languageOf(settings.value), content, loadWholeT);
await load();
