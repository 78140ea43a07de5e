import type { Guest } from '../protocol/relay-api.ts';
import { formatSessionNumber } from '../protocol/session-number.ts';
import { CopyButton } from './copy-button.tsx';
import { useT } from './i18n.ts';

/** From the website (IN2): what to read out, large. The number alone is an address, so whoever comes with it knocks. */
export function InviteWebsite({ site, number, guest }: { site: string; number: string; guest: Guest }) {
  const t = useT();
  const grouped = formatSessionNumber(number);
  const address = site.replace(/^https?:\/\//, '');
  return (
    <div class="column">
      <p>{guest === 'customer' ? t('website.sayCustomer') : t('website.sayRepresentative')}</p>
      <dl class="read-out">
        <dt class="meta">{t('website.address')}</dt>
        <dd>
          <span class="read-out-address">{address}</span>
        </dd>
        <dt class="meta">{t('word.sessionNumber')}</dt>
        <dd>
          <span class="read-out-number number">{grouped}</span>
        </dd>
      </dl>
      <div class="row wrapping">
        <CopyButton text={site} label={t('website.copyAddress')} />
        <CopyButton text={grouped} label={t('number.copy')} />
      </div>
      <p class="meta">{guest === 'customer' ? t('website.knocks') : t('website.assists')}</p>
    </div>
  );
}
