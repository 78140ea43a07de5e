import { useState } from 'preact/hooks';
import { EmailAddress } from '../../../shared/protocol/relay-api.ts';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../../shared/ui/person-name.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';
import { OneField } from './one-field.tsx';

/**
 * Mounted by welcome/main.tsx inside `<Language.Provider value={t}>`. Style: welcome.css (imports the shared ones).
 * The caller owns the step: a handler that answers ok moves it on; one that refuses has its words shown beside the field, what was typed kept.
 * `onSite` is called in the press itself, so that the permission for that site can be asked there.
 */
export interface WelcomeProps {
  step: WelcomeStep;
  onSite(typed: string): Promise<Answer>;
  onEmail(typed: string): Promise<Answer>; // also used for "send a new code"
  onCode(typed: string): Promise<Answer>;
  onBack(): void; // to the step before
  onSignOut(): void;
  shortcut: string; // of the popup, as the browser writes it; empty when none
}

export type WelcomeStep =
  | { at: 'site'; site: string } // site: what to start with, '' at first
  | { at: 'email'; desk: string; site: string; email: string }
  | { at: 'code'; desk: string; site: string; email: string }
  | { at: 'in'; desk: string; site: string; name: string };

/** Sign-in, one question at a time (ST1); then what to do next. */
export function WelcomeView(props: WelcomeProps) {
  const t = useT();
  return (
    <main class="welcome">
      <div class="welcome-card card">
        <p class="welcome-brand">{t('app.name')}</p>
        <Step {...props} key={props.step.at} />
      </div>
    </main>
  );
}

function Step(props: WelcomeProps) {
  switch (props.step.at) {
    case 'site':
      return <SiteStep {...props} site={props.step.site} />;
    case 'email':
      return <EmailStep {...props} desk={props.step.desk} email={props.step.email} />;
    case 'code':
      return <CodeStep {...props} email={props.step.email} />;
    case 'in':
      return <SignedIn {...props} {...props.step} />;
  }
}

function SiteStep({ site, onSite }: WelcomeProps & { site: string }) {
  const t = useT();
  return (
    <>
      <h1 class="title">{t('welcome.title')}</h1>
      <p class="soft">{t('welcome.siteWhat')}</p>
      <OneField
        label={t('welcome.site')}
        hint={t('welcome.siteHint')}
        start={site}
        submit={t('welcome.next')}
        slow={t('welcome.siteSlow')}
        invalid={(typed) => (typed === '' ? t('welcome.siteEmpty') : '')}
        onSubmit={onSite}
        field={{ inputMode: 'url', autocomplete: 'url', placeholder: 'support.example.org' }}
      />
    </>
  );
}

function EmailStep({ desk, email, onEmail, onBack }: WelcomeProps & { desk: string; email: string }) {
  const t = useT();
  return (
    <>
      <h1 class="title">{desk}</h1>
      <p class="soft">{t('welcome.emailWhat')}</p>
      <OneField
        label={t('invite.address')}
        hint={t('welcome.emailHint')}
        start={email}
        submit={t('welcome.sendCode')}
        slow={t('welcome.emailSlow')}
        invalid={(typed) => (EmailAddress.safeParse(typed).success ? '' : t('invite.badAddress'))}
        onSubmit={onEmail}
        onBack={onBack}
        field={{ inputMode: 'email', autocomplete: 'email' }}
      />
    </>
  );
}

function CodeStep({ email, onEmail, onCode, onBack }: WelcomeProps & { email: string }) {
  const t = useT();
  const again = useAct();
  const [sent, setSent] = useState(false);
  const sendAgain = async () => {
    const answer = await again.run(() => onEmail(email));
    setSent(answer?.ok ?? false);
  };
  return (
    <>
      <h1 class="title">{t('welcome.codeTitle')}</h1>
      <p class="soft wrap-anywhere">{t('welcome.codeWhat', { email })}</p>
      <OneField
        label={t('welcome.code')}
        hint={t('welcome.codeHint')}
        start=""
        submit={t('account.signIn')}
        slow={t('welcome.codeSlow')}
        invalid={(typed) => (/^\d{6}$/.test(typed.replace(/\s/g, '')) ? '' : t('welcome.codeSix'))}
        onSubmit={(typed) => onCode(typed.replace(/\s/g, ''))}
        onBack={onBack}
        field={{ inputMode: 'numeric', autocomplete: 'one-time-code' }}
        code
      />
      <p class="meta">
        {t('welcome.noCode')}{' '}
        <Button kind="quiet" class="inline" aria-busy={again.busy} onClick={() => void sendAgain()}>
          {t('welcome.newCode')}
        </Button>
        <span class={again.problem ? 'problem' : ''} role="status">
          {again.problem || (sent ? t('welcome.newCodeSent') : '')}
        </span>
      </p>
    </>
  );
}

function SignedIn({
  name,
  site,
  desk,
  shortcut,
  onSignOut,
}: WelcomeProps & { name: string; site: string; desk: string }) {
  const t = useT();
  return (
    <>
      <h1 class="title">
        <WithName text={t('welcome.signedIn', { name: NAME_SLOT })} name={name} />
      </h1>
      <p class="soft wrap-anywhere">{t('welcome.at', { desk, site })}</p>
      <h2>{t('welcome.whatNext')}</h2>
      <ol class="welcome-steps">
        <li>{t('welcome.pin')}</li>
        <li>{t('welcome.open')}</li>
        <li>{shortcut ? t('welcome.pressWith', { shortcut }) : t('welcome.press')}</li>
      </ol>
      <p class="meta">{t('welcome.closeThis')}</p>
      <div class="row">
        <span class="grow" />
        <Button onClick={onSignOut}>{t('account.signOut')}</Button>
      </div>
    </>
  );
}
