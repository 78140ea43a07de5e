import { useEffect, useState } from 'preact/hooks';
import type { Guest, Language } from '../protocol/relay-api.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { useT } from './i18n.ts';
import { InviteLanguage } from './invite-language.tsx';
import { readInviteResult } from './invite-result.ts';
import { QrCode } from './qr-code.tsx';
import { useAct } from './use-act.ts';

interface InviteLinkProps {
  session: SessionView;
  send: Send;
  guest: Guest;
  language: Language;
  onLanguage(language: Language): void;
}

/** By a chat message (IN2): a join link of its own for one person, to copy or to scan. Made when the tab is opened. */
export function InviteLink({ session, send, guest, language, onLanguage }: InviteLinkProps) {
  const t = useT();
  const [url, setUrl] = useState('');
  const [madeFor, setMadeFor] = useState<Language>();
  const act = useAct();
  const make = async () => {
    setMadeFor(language);
    const answer = await act.run(() =>
      send({ type: 'invite', session: session.id, guest, language, how: { by: 'link' } }),
    );
    const result = answer?.ok ? readInviteResult(answer.value) : undefined;
    if (result?.is === 'link') setUrl(result.url);
  };
  useEffect(() => {
    if (!act.busy && madeFor !== language) void make();
  }, [language, act.busy]);
  const said = act.problem || (act.slow ? t('act.waitsForServer') : '');
  return (
    <div class="column">
      <div class="link-out">
        <div class="column">
          <p>{t('link.say')}</p>
          <input class="field link-url" readOnly aria-label={t('link.label')} value={url} onFocus={selectAll} />
          <div>
            <CopyButton text={url} label={t('link.copy')} />
          </div>
          <p class="meta">{t('link.scan')}</p>
        </div>
        <div class="qr">{url && <QrCode text={url} label={t('link.qr')} />}</div>
      </div>
      {said && (
        <p class={act.problem ? 'meta problem' : 'meta'} role="status">
          {said}
        </p>
      )}
      <div class="row wrapping">
        <InviteLanguage language={language} onLanguage={onLanguage} />
        <span class="grow" />
        <Button disabled={act.busy} onClick={() => void make()}>
          {act.problem && !url ? t('act.again') : t('link.another')}
        </Button>
      </div>
    </div>
  );
}

function selectAll(event: FocusEvent): void {
  if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.select();
}
