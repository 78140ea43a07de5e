import { CopyButton } from '../../shared/ui/copy-button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { Screen } from './shell.tsx';

/** **Provide support** (AS1): agents work with the extension. `link`: a representative's invitation, opened here. */
export function SupportPage({ link }: { link: string | undefined }) {
  const t = useT();
  return (
    <Screen title={t('site.nav.support')}>
      <p>{link ? t('site.support.invited') : t('site.support.intro')}</p>
      {link && (
        <div class="card support-link">
          <label class="label" for="support-link">
            {t('site.support.link')}
          </label>
          <input
            id="support-link"
            class="field"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton text={link} label={t('site.support.copy')} />
        </div>
      )}
      <ol class="steps">
        <li>{t('site.support.open')}</li>
        <li>{t('site.support.choose')}</li>
        <li>{link ? t('site.support.paste') : t('site.support.type')}</li>
      </ol>
      <p class="soft">{t('site.support.extension')}</p>
      <hr />
      <p>
        {t('site.support.customer')} <a href="/">{t('site.nav.join')}</a>
      </p>
    </Screen>
  );
}
