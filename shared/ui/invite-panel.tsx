import { useId, useState } from 'preact/hooks';
import type { Guest, Language } from '../protocol/relay-api.ts';
import type { Send, SessionView } from '../session/view.ts';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';
import { InviteEmail } from './invite-email.tsx';
import { InviteLink } from './invite-link.tsx';
import { InviteWebsite } from './invite-website.tsx';
import { Segmented } from './segmented.tsx';
import { Tabs, tabPanel } from './tabs.tsx';

type InviteWay = 'email' | 'website' | 'message';

export interface InvitePanelProps {
  session: SessionView;
  site: string; // Snapshot.site
  send: Send;
  onMailto(url: string): void;
  first?: Guest | undefined; // who is chosen at first: the customer
  autoFocus?: boolean; // the focus goes into the address
}

/** Who, then one of three ways (IN1, IN2); the same in the icon bar and on the dashboard. */
export function InvitePanel({
  session,
  site,
  send,
  onMailto,
  first = 'customer',
  autoFocus = false,
}: InvitePanelProps) {
  const t = useT();
  const panel = useId();
  const [guest, setGuest] = useState(first);
  const [way, setWay] = useState<InviteWay>('email');
  const [language, setLanguage] = useState<Language>(t.language);
  const common = { session, send, guest, language, onLanguage: setLanguage };
  return (
    <div class="invite">
      <Segmented<Guest>
        label={t('invite.who')}
        value={guest}
        onValue={setGuest}
        options={[
          { value: 'customer', text: t('word.customer') },
          { value: 'representative', text: t('word.representative') },
        ]}
      />
      <Tabs<InviteWay>
        label={t('invite.way')}
        panel={panel}
        selected={way}
        onSelect={setWay}
        items={[
          {
            id: 'email',
            content: (
              <>
                <Icon name="mail" />
                {t('invite.email')}
              </>
            ),
          },
          {
            id: 'website',
            content: (
              <>
                <Icon name="globe" />
                {t('invite.website')}
              </>
            ),
          },
          {
            id: 'message',
            content: (
              <>
                <Icon name="link" />
                {t('invite.message')}
              </>
            ),
          },
        ]}
      />
      <div class="invite-way" {...tabPanel(panel, way)}>
        {way === 'email' && <InviteEmail {...common} onMailto={onMailto} autoFocus={autoFocus} />}
        {way === 'website' && <InviteWebsite site={site} number={session.number} guest={guest} />}
        {way === 'message' && <InviteLink {...common} key={guest} />}
      </div>
    </div>
  );
}
