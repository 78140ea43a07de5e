import type { Key, T } from '../../../shared/locales/messages.ts';
import { type AuditEntry, type AuditPage, LimitName } from '../../../shared/protocol/administration-api.ts';
import { z } from '../../../shared/protocol/schema.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { Administering } from './administration-view.tsx';
import { LIMIT_WORDS } from './limit-words.ts';
import { problemText } from './problem-text.ts';
import { useLoaded } from './use-loaded.ts';

/** Who changed what, and when: the newest first, all of it as a file. */
export function LogSection({ relay }: { relay: Administering }) {
  const t = useT();
  const act = useAct(problemText);
  const [found, , set] = useLoaded<AuditPage>(() => relay.log());
  const page = found?.is === 'here' ? found.value : undefined;
  const more = () =>
    act.run(async () => {
      const older = await relay.log(page?.entries.at(-1)?.id);
      if (older.is === 'refused') return { ok: false, error: older.error };
      set({ entries: [...(page?.entries ?? []), ...older.value.entries], more: older.value.more });
      return { ok: true };
    });
  return (
    <section class="card">
      <div class="row wrapping">
        <h2 class="grow">{t('admin.log')}</h2>
        <Button onClick={() => void act.run(() => relay.download('csv'))}>{t('admin.csv')}</Button>
        <Button onClick={() => void act.run(() => relay.download('jsonl'))}>{t('admin.jsonl')}</Button>
      </div>
      <p class="soft">{page?.entries.length === 0 ? t('admin.logNone') : t('admin.logWhat')}</p>
      {!found && (
        <p class="soft" role="status">
          {t('admin.loading')}
        </p>
      )}
      {found?.is === 'refused' && <p class="problem">{problemText(t, { ok: false, error: found.error })}</p>}
      <p class="problem" role="status">
        {act.problem}
      </p>
      <ol class="plain-list administration-list">
        {page?.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {page?.more && <Button onClick={() => void more()}>{t('admin.logMore')}</Button>}
    </section>
  );
}

const DID: Record<AuditEntry['what'], Key> = {
  'agent added': 'admin.did.agentAdded',
  'agent invited': 'admin.did.agentInvited',
  'agent changed': 'admin.did.agentChanged',
  'agent removed': 'admin.did.agentRemoved',
  'queue added': 'admin.did.queueAdded',
  'queue changed': 'admin.did.queueChanged',
  'queue removed': 'admin.did.queueRemoved',
  'settings changed': 'admin.did.settingsChanged',
};

function Entry({ entry }: { entry: AuditEntry }) {
  const t = useT();
  const { at, who, what, about, before, after } = entry;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <li>
      <p class="wrap-anywhere">
        <b>
          <bdi>{who === 'command line' ? t('admin.commandLine') : who}</bdi>
        </b>{' '}
        {t(DID[what], { about })}
      </p>
      <p class="meta">
        <time dateTime={new Date(at).toISOString()}>{t('admin.when', { at: new Date(at) })}</time>
      </p>
      {fields.length > 0 && (
        <ul class="plain-list meta">
          {fields.map((field) => (
            <li key={field} class="wrap-anywhere">
              {fieldText(t, field)}: {valueText(t, before[field])} → {valueText(t, after[field])}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const FIELDS: Readonly<Record<string, Key>> = {
  name: 'admin.name',
  modes: 'admin.siteModes',
  customers: 'admin.customers',
  administers: 'admin.administersCheck',
  queues: 'admin.agentQueues',
  en: 'admin.queueEn',
  nl: 'admin.queueNl',
  members: 'admin.queueMembers',
  deskName: 'admin.deskName',
  languages: 'admin.languages',
  offerLapsed: 'admin.lapsed',
  offerMissed: 'admin.missed',
};

function fieldText(t: T, field: string): string {
  const limit = z.safeParse(LimitName, field).data;
  const key = limit ? LIMIT_WORDS[limit] : FIELDS[field];
  return key ? t(key) : field;
}

function valueText(t: T, value: AuditEntry['before'][string] | undefined): string {
  if (value === undefined || value === '') return t('admin.none');
  if (typeof value === 'boolean') return value ? t('admin.yes') : t('admin.no');
  if (typeof value === 'number') return value.toLocaleString(t.language);
  return Array.isArray(value) ? value.join(', ') || t('admin.none') : value;
}
