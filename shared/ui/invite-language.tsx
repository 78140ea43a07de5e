import type { Language } from '../protocol/relay-api.ts';
import { useT } from './i18n.ts';

/** In which language the guest is addressed (IN7). Languages are named in themselves. */
export function InviteLanguage({ language, onLanguage }: { language: Language; onLanguage(language: Language): void }) {
  const t = useT();
  return (
    <label class="row">
      <span class="soft">{t('invite.language')}</span>
      <select
        class="field fitting"
        value={language}
        onChange={(event) => onLanguage(event.currentTarget.value === 'nl' ? 'nl' : 'en')}
      >
        <option value="en" lang="en">
          English
        </option>
        <option value="nl" lang="nl">
          Nederlands
        </option>
      </select>
    </label>
  );
}
