import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { TroubleNotice } from './trouble.tsx';
import type { Reporting } from './visit.ts';

/** **I did not ask for this** (JO6), asked once more before it is done. */
export function Report({
  reporting,
  onReporting,
  onReport,
}: {
  reporting: Reporting;
  onReporting(reporting: Reporting): void;
  onReport(): void;
}) {
  const t = useT();
  const no = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const was = useRef(reporting.is);
  useEffect(() => {
    if (was.current === 'no' && reporting.is === 'asking') no.current?.focus();
    if (was.current !== 'no' && reporting.is === 'no') first.current?.focus();
    was.current = reporting.is;
  }, [reporting.is]);
  if (reporting.is === 'no')
    return (
      <Button kind="quiet" class="report" buttonRef={first} onClick={() => onReporting({ is: 'asking' })}>
        {t('site.report')}
      </Button>
    );
  const sending = reporting.is === 'sending';
  return (
    <section class="card report-card" aria-labelledby="report-title">
      <h2 id="report-title">{t('site.report.title')}</h2>
      <p>{t('site.report.what')}</p>
      <div class="choices">
        <Button buttonRef={no} onClick={() => !sending && onReporting({ is: 'no' })} aria-disabled={sending}>
          {t('site.report.back')}
        </Button>
        <Button kind="stop" onClick={() => !sending && onReport()} aria-disabled={sending}>
          {sending ? t('site.report.sending') : t('site.report.sure')}
        </Button>
      </div>
      <TroubleNotice trouble={sending ? reporting.trouble : undefined} />
    </section>
  );
}
