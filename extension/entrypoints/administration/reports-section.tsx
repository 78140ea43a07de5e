import type { Overview } from '../../../shared/protocol/administration-api.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../../shared/ui/person-name.tsx';

/** "I did not ask for this" (JO6): which agent's invitation, and when. */
export function ReportsSection({ overview }: { overview: Overview }) {
  const t = useT();
  const { reports } = overview;
  return (
    <section class="card">
      <h2>{t('admin.reports')}</h2>
      <p class="soft">{reports.length === 0 ? t('admin.reportsNone') : t('admin.reportsWhat')}</p>
      <ul class="plain-list administration-list">
        {reports.map(({ id, at, agent }) => (
          <li key={id}>
            <b>
              <WithName text={t('admin.reportBy', { name: NAME_SLOT })} name={agent} />
            </b>
            <p class="meta">
              <time dateTime={new Date(at).toISOString()}>{t('admin.when', { at: new Date(at) })}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
