import { useId } from 'preact/hooks';
import type { Device } from '../../../shared/protocol/relay-api.ts';
import type { Answer } from '../../../shared/session/answer.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Chip } from '../../../shared/ui/chip.tsx';
import { errorText } from '../../../shared/ui/error-text.ts';
import { useT } from '../../../shared/ui/i18n.ts';
import { useAct } from '../../../shared/ui/use-act.ts';
import type { OptionsProps } from './options-view.tsx';

/** Where one is signed in; any but this browser can be revoked here (this one signs out). */
export function Devices({ devices, onRevoke }: Pick<OptionsProps, 'devices' | 'onRevoke'>) {
  const t = useT();
  if (devices.is === 'loading') return <p class="soft">{t('options.devicesLoading')}</p>;
  if (devices.is === 'refused') return <p class="problem">{errorText(t, { ok: false, error: devices.error })}</p>;
  return (
    <ul class="plain-list devices" aria-label={t('options.devices')}>
      {devices.list.map((device) => (
        <DeviceItem key={device.id} device={device} onRevoke={onRevoke} />
      ))}
    </ul>
  );
}

function DeviceItem({ device, onRevoke }: { device: Device; onRevoke(device: string): Promise<Answer> }) {
  const t = useT();
  const id = useId();
  const act = useAct();
  return (
    <li>
      <div class="row">
        <div class="grow" id={id}>
          <b class="ellipsis">{device.browser}</b>
          <p class="meta">{t('options.used', { used: new Date(device.usedAt), since: new Date(device.createdAt) })}</p>
        </div>
        {device.current ? (
          <Chip tone="on">{t('options.thisBrowser')}</Chip>
        ) : (
          <Button aria-describedby={id} disabled={act.busy} onClick={() => void act.run(() => onRevoke(device.id))}>
            {t('options.revoke')}
          </Button>
        )}
      </div>
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </li>
  );
}
