import { useT } from '../../shared/ui/i18n.ts';
import type { Device } from './device.ts';

/** What joining means on this device, and what will not work on it (SH8). `who`: the agent, where they may be named. */
export function DeviceNote({ device, who }: { device: Device; who: string | undefined }) {
  const t = useT();
  return (
    <div class="device-note soft">
      <p>{who ? t('site.device.nothingInstalled', { name: who }) : t('site.device.nothingInstalledNobody')}</p>
      {!device.sharesScreen && <p>{t('site.device.noScreen')}</p>}
    </div>
  );
}
