import { useId, useState } from 'preact/hooks';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { Device } from '../../../shared/protocol/relay-api.ts';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { Avatar, PersonName } from '../../../shared/ui/person-name.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { LanguageChoice } from '../../settings.ts';
import { Devices } from './devices.tsx';

/** Mounted by options/main.tsx inside `<Language.Provider value={t}>`. Style: options.css (imports the shared ones). */
export interface OptionsProps {
  account: { name: string; email: string; site: string } | undefined; // undefined: not signed in
  language: LanguageChoice;
  onLanguage(choice: LanguageChoice): void;
  everyPage: boolean;
  onEveryPage(on: boolean): Promise<boolean>; // called in the press itself; answers what is so afterwards (false: the person refused)
  sound: boolean;
  onSound(on: boolean): void;
  notify: boolean;
  onNotify(on: boolean): Promise<boolean>; // as onEveryPage
  devices: { is: 'loading' } | { is: 'here'; list: readonly Device[] } | { is: 'refused'; error: ErrorCode };
  onRevoke(device: string): Promise<Answer>;
  onSignOut(): Promise<Answer>;
  onSignIn(): void;
  onAdministration: (() => void) | undefined; // for those who may
}

/** Settings: language, the bar on every page, how one hears of news, and where one is signed in. */
export function OptionsView(props: OptionsProps) {
  const t = useT();
  return (
    <main class="options">
      <h1 class="title">{t('account.settings')}</h1>
      <LanguageSetting {...props} />
      <EveryPage {...props} />
      <News {...props} />
      <section class="card">
        <h2>{t('options.account')}</h2>
        {props.account ? <Account {...props} account={props.account} /> : <SignedOut onSignIn={props.onSignIn} />}
        {props.onAdministration && (
          <div class="row">
            <p class="soft grow">{t('admin.optionsWhat')}</p>
            <Button icon="users" onClick={props.onAdministration}>
              {t('admin.title')}
            </Button>
          </div>
        )}
      </section>
      {props.account && (
        <section class="card">
          <h2>{t('options.devices')}</h2>
          <p class="soft">{t('options.devicesWhat')}</p>
          <Devices devices={props.devices} onRevoke={props.onRevoke} />
        </section>
      )}
    </main>
  );
}

function LanguageSetting({ language, onLanguage }: OptionsProps) {
  const t = useT();
  const id = useId();
  return (
    <section class="card">
      <h2>
        <label for={id}>{t('invite.language')}</label>
      </h2>
      <select
        id={id}
        class="field fitting"
        value={language}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onLanguage(chosen === 'en' || chosen === 'nl' ? chosen : 'browser');
        }}
      >
        <option value="browser">{t('options.browserLanguage')}</option>
        <option value="en" lang="en">
          English
        </option>
        <option value="nl" lang="nl">
          Nederlands
        </option>
      </select>
    </section>
  );
}

function EveryPage({ everyPage, onEveryPage }: OptionsProps) {
  const t = useT();
  return (
    <section class="card">
      <h2>{t('bar.name')}</h2>
      <AskedCheck
        on={everyPage}
        onAsk={onEveryPage}
        text={t('options.everyPage')}
        why={t('options.everyPageWhy')}
        refused={t('options.everyPageRefused')}
      />
    </section>
  );
}

function News({ sound, onSound, notify, onNotify }: OptionsProps) {
  const t = useT();
  return (
    <section class="card">
      <h2>{t('options.news')}</h2>
      <p class="soft">{t('options.newsWhat')}</p>
      <label class="check">
        <input type="checkbox" checked={sound} onChange={(event) => onSound(event.currentTarget.checked)} />
        {t('options.sound')}
      </label>
      <AskedCheck
        on={notify}
        onAsk={onNotify}
        text={t('options.notify')}
        why={t('options.notifyWhy')}
        refused={t('options.notifyRefused')}
      />
    </section>
  );
}

/** A choice that the browser may have to ask about: in the press itself, and a no is said. */
function AskedCheck(props: {
  on: boolean;
  text: string;
  why: string;
  refused: string;
  onAsk(on: boolean): Promise<boolean>;
}) {
  const id = useId();
  const [refused, setRefused] = useState(false);
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={props.on}
          aria-describedby={id}
          onChange={(event) => {
            const box = event.currentTarget;
            const wanted = box.checked;
            setRefused(false);
            void props.onAsk(wanted).then((so) => {
              box.checked = so;
              setRefused(wanted && !so);
            });
          }}
        />
        {props.text}
      </label>
      <p id={id} class="meta check-why">
        {props.why}
      </p>
      <p class="problem" role="status">
        {refused && props.refused}
      </p>
    </>
  );
}

function Account({ account, onSignOut }: OptionsProps & { account: NonNullable<OptionsProps['account']> }) {
  const t = useT();
  const act = useAct();
  return (
    <>
      <div class="row wrapping">
        <Avatar name={account.name} />
        <div class="grow">
          <b>
            <PersonName name={account.name} />
          </b>
          <p class="meta wrap-anywhere">
            {account.email} · {account.site}
          </p>
        </div>
        <Button disabled={act.busy} onClick={() => void act.run(onSignOut)}>
          {t('account.signOut')}
        </Button>
      </div>
      <p class="problem" role="status">
        {act.problem}
      </p>
    </>
  );
}

function SignedOut({ onSignIn }: { onSignIn(): void }) {
  const t = useT();
  return (
    <div class="row">
      <p class="soft grow">{t('popup.signedOut')}</p>
      <Button kind="primary" onClick={onSignIn}>
        {t('account.signIn')}
      </Button>
    </div>
  );
}
