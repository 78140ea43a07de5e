import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { EmailAddress, type Guest, type Language } from '../protocol/relay-api.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { InviteLanguage } from './invite-language.tsx';
import { readInviteResult } from './invite-result.ts';
import { type InviteOutcome, InviteSaid } from './invite-said.tsx';
import { useAct } from './use-act.ts';

interface InviteEmailProps {
  session: SessionView;
  send: Send;
  guest: Guest;
  language: Language;
  onLanguage(language: Language): void;
  onMailto(url: string): void;
  autoFocus: boolean;
}

/** By e-mail (IN3–IN5): through the agent's own program, or sent by the relay. A refusal keeps what was typed (IN8). */
export function InviteEmail({ session, send, guest, language, onLanguage, onMailto, autoFocus }: InviteEmailProps) {
  const t = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState('');
  const [own, setOwn] = useState(true);
  const [malformed, setMalformed] = useState(false);
  const [outcome, setOutcome] = useState<InviteOutcome>();
  const act = useAct();
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, []);

  const invite = async () => {
    const to = address.trim();
    setOutcome(undefined);
    setMalformed(!EmailAddress.safeParse(to).success);
    if (!EmailAddress.safeParse(to).success) {
      act.clear();
      field.current?.focus();
      return;
    }
    const by = own ? 'own mail' : 'relay mail';
    const answer = await act.run(() =>
      send({ type: 'invite', session: session.id, guest, language, how: { by, address: to } }),
    );
    if (!answer?.ok) return;
    const result = readInviteResult(answer.value);
    if (result?.is === 'mailto') onMailto(result.url);
    setOutcome(result?.is === 'mailto' ? { ...result, address: to } : { is: 'sent', address: to });
    setAddress('');
    field.current?.focus();
  };
  const problem = malformed ? t('invite.badAddress') : act.problem;
  const sending = act.busy && !own ? t('invite.sending', { address: address.trim() }) : t('act.waitsForServer');
  return (
    <form
      class="column"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <div>
        <label class="label" for={`${id}-address`}>
          {t('invite.address')}
        </label>
        <input
          ref={field}
          id={`${id}-address`}
          class="field tall"
          type="email"
          autocomplete="off"
          spellcheck={false}
          value={address}
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-line`}
          onInput={(event) => {
            setAddress(event.currentTarget.value);
            setMalformed(false);
          }}
        />
        <p id={`${id}-line`} class={problem ? 'meta problem field-line' : 'meta field-line'} role="status">
          {problem || (act.busy && (act.slow || !own) ? sending : '')}
        </p>
      </div>
      <div>
        <label class="check">
          <input
            type="checkbox"
            checked={own}
            aria-describedby={`${id}-why`}
            onChange={(event) => setOwn(event.currentTarget.checked)}
          />
          {t('invite.own')}
        </label>
        <p id={`${id}-why`} class="meta check-why">
          {own ? t('invite.ownWhy') : t('invite.relayWhy')}
        </p>
      </div>
      <div class="row">
        <InviteLanguage language={language} onLanguage={onLanguage} />
        <span class="grow" />
        <Button kind="primary" class="wide" submit disabled={act.busy}>
          {t('invite.ok')}
        </Button>
      </div>
      {outcome && <InviteSaid outcome={outcome} />}
    </form>
  );
}
