import type { ComponentChildren } from 'preact';
import { Button } from '../../../shared/ui/button.tsx';
import { Chip } from '../../../shared/ui/chip.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { durationText } from '../../../shared/ui/time.tsx';
import type { Administering } from './administration-view.tsx';
import { problemText } from './problem-text.ts';
import { useLoaded } from './use-loaded.ts';

/** How the relay is. */
export function HealthSection({ relay }: { relay: Administering }) {
  const t = useT();
  const [found, again] = useLoaded(relay.health);
  const health = found?.is === 'here' ? found.value : undefined;
  const good = (ok: boolean, words: string) => <Chip tone={ok ? 'on' : 'warn'}>{words}</Chip>;
  return (
    <section class="card">
      <div class="row">
        <h2 class="grow">{t('admin.health')}</h2>
        <Button onClick={again}>{t('admin.refresh')}</Button>
      </div>
      {!found && (
        <p class="soft" role="status">
          {t('admin.loading')}
        </p>
      )}
      {found?.is === 'refused' && <p class="problem">{problemText(t, { ok: false, error: found.error })}</p>}
      {health && (
        <dl class="administration-facts">
          <Fact name={t('admin.healthVersion')}>{health.version}</Fact>
          <Fact name={t('admin.healthUp')}>
            {t('admin.healthUpValue', {
              text: durationText(health.now - health.startedAt),
              since: new Date(health.startedAt),
            })}
          </Fact>
          <Fact name={t('admin.healthStore')}>
            {good(health.store, health.store ? t('admin.ok') : t('admin.notOk'))}
          </Fact>
          <Fact name={t('admin.healthSessions')}>{health.sessions}</Fact>
          <Fact name={t('admin.healthStreams')}>{health.streams}</Fact>
          <Fact name={t('admin.healthMail')}>
            {health.mail === 'outbox'
              ? t('admin.outbox')
              : good(health.mail === 'ok', health.mail === 'ok' ? t('admin.ok') : t('admin.noAnswer'))}
          </Fact>
          <Fact name={t('admin.healthTurn')}>{health.turn ? t('admin.turnOn') : t('admin.turnOff')}</Fact>
        </dl>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
