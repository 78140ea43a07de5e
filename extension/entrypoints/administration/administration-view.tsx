import type { AuditPage, Health, MailTested, Overview } from '../../../shared/protocol/administration-api.ts';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { errorText } from '../../../shared/ui/error-text.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { Notice } from '../../../shared/ui/notice.tsx';
import { Tabs, tabPanel } from '../../../shared/ui/tabs.tsx';
import { AgentsSection } from './agents-section.tsx';
import { DeskSection } from './desk-section.tsx';
import { HealthSection } from './health-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { LogSection } from './log-section.tsx';
import { MailSection } from './mail-section.tsx';
import { QueuesSection } from './queues-section.tsx';
import { ReportsSection } from './reports-section.tsx';

export type Loaded<Value> = { is: 'here'; value: Value } | { is: 'refused'; error: ErrorCode };
export type Section = 'agents' | 'queues' | 'limits' | 'desk' | 'mail' | 'reports' | 'health' | 'log';

/** What can be changed: `administration/<what>` of the relay's interface. */
export type Change =
  | `agents/${'invite' | 'mail' | 'set' | 'remove'}`
  | `queues/${'add' | 'set' | 'remove'}`
  | 'settings';

/** The relay, as this page needs it. After a change the overview is another. */
export interface Administering {
  change(what: Change, body: object): Promise<Answer>;
  health(): Promise<Loaded<Health>>;
  testMail(): Promise<Loaded<MailTested>>;
  log(before?: string): Promise<Loaded<AuditPage>>;
  download(as: 'csv' | 'jsonl'): Promise<Answer>;
}

/** Mounted by administration/main.tsx inside `<Language.Provider value={t}>`. Style: administration.css (imports the shared ones). */
export interface AdministrationProps {
  me: string; // e-mail address
  desk: string;
  overview: Loaded<Overview> | { is: 'loading' };
  relay: Administering;
  section: Section; // kept by the caller, so a reload comes back to the same place
  onSection(section: Section): void;
  onAgain(): void;
}

const PANEL = 'administration-panel';

/** What the site's administrator sets and sees (PA1). */
export function AdministrationView(props: AdministrationProps) {
  const { desk, overview, section, onSection, onAgain } = props;
  const t = useT();
  const items = [
    { id: 'agents', content: t('admin.agents') },
    { id: 'queues', content: t('admin.queues') },
    { id: 'limits', content: t('admin.limits') },
    { id: 'desk', content: t('admin.desk') },
    { id: 'mail', content: t('admin.mail') },
    { id: 'reports', content: t('admin.reports') },
    { id: 'health', content: t('admin.health') },
    { id: 'log', content: t('admin.log') },
  ] as const;
  return (
    <main class="administration">
      <header>
        <h1 class="title">{t('admin.title')}</h1>
        <p class="meta ellipsis">
          <bdi>{desk}</bdi>
        </p>
      </header>
      {overview.is === 'refused' ? (
        <Notice tone="warn" urgent action={<Button onClick={onAgain}>{t('admin.again')}</Button>}>
          {overview.error === 'forbidden' ? t('admin.forbidden') : errorText(t, { ok: false, error: overview.error })}
        </Notice>
      ) : (
        <>
          <Tabs<Section>
            label={t('admin.sections')}
            class="tabs wrapping"
            panel={PANEL}
            items={items}
            selected={section}
            onSelect={onSection}
          />
          <div class="administration-panel" {...tabPanel(PANEL, section)} key={section}>
            {overview.is === 'loading' ? (
              <p class="soft" role="status">
                {t('admin.loading')}
              </p>
            ) : (
              <Shown {...props} overview={overview.value} />
            )}
          </div>
        </>
      )}
    </main>
  );
}

function Shown({ section, overview, relay, me }: Omit<AdministrationProps, 'overview'> & { overview: Overview }) {
  switch (section) {
    case 'agents':
      return <AgentsSection overview={overview} relay={relay} me={me} />;
    case 'queues':
      return <QueuesSection overview={overview} relay={relay} />;
    case 'limits':
      return <LimitsSection overview={overview} relay={relay} />;
    case 'desk':
      return <DeskSection overview={overview} relay={relay} />;
    case 'mail':
      return <MailSection relay={relay} />;
    case 'reports':
      return <ReportsSection overview={overview} />;
    case 'health':
      return <HealthSection relay={relay} />;
    case 'log':
      return <LogSection relay={relay} />;
  }
}
