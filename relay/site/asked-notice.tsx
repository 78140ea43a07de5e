import { useT } from '../../shared/ui/i18n.ts';
import { NAME_SLOT } from '../../shared/ui/person-name.tsx';

/** JO1: the one warning everybody reads before **Join**. */
export function AskedNotice({ desk }: { desk: string }) {
  const t = useT();
  const slots = { you: NAME_SLOT, desk };
  const [before, after] = (desk ? t('site.asked.desk', slots) : t('site.asked.anybody', slots)).split(NAME_SLOT);
  return (
    <section class="asked" aria-labelledby="asked-title">
      <b id="asked-title">{t('site.asked.title')}</b>
      <p>
        {before}
        <b>{t('site.asked.you')}</b>
        {after} {t('site.asked.never')}
      </p>
    </section>
  );
}
