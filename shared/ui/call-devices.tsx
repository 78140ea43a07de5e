import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../session/answer.ts';
import { useT } from './i18n.ts';
import { useAct } from './use-act.ts';

type Kind = 'microphone' | 'camera';

interface CallDevicesProps {
  /** Those in use. */
  voice: MediaStreamTrack | undefined;
  camera: MediaStreamTrack | undefined;
  onUse(kind: Kind, id: string): Promise<Answer>;
}

/** Which microphone and, while the camera is on, which camera; what is plugged in shows by itself. */
export function CallDevices({ voice, camera, onUse }: CallDevicesProps) {
  const t = useT();
  const act = useAct();
  const devices = useDevices();
  const choice = (kind: Kind, track: MediaStreamTrack | undefined, label: string) => {
    const wanted = kind === 'microphone' ? 'audioinput' : 'videoinput';
    const found = devices.filter((one) => one.kind === wanted && one.deviceId !== '');
    if (!track || found.length === 0) return null;
    return (
      <label class="field">
        <span class="label">{label}</span>
        <select
          value={track.getSettings().deviceId}
          disabled={act.busy}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void act.run(() => onUse(kind, value));
          }}
        >
          {found.map((one, at) => (
            <option key={one.deviceId} value={one.deviceId}>
              {one.label || t('call.unknownDevice', { number: at + 1 })}
            </option>
          ))}
        </select>
      </label>
    );
  };
  return (
    <details class="call-devices">
      <summary>{t('call.devices')}</summary>
      {choice('microphone', voice, t('call.microphone'))}
      {choice('camera', camera, t('call.camera'))}
      {act.problem && (
        <p class="problem" role="status">
          {act.problem}
        </p>
      )}
    </details>
  );
}

function useDevices(): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const { mediaDevices } = navigator;
    let here = true;
    const look = () => void mediaDevices.enumerateDevices().then((found) => here && setDevices(found));
    look();
    mediaDevices.addEventListener('devicechange', look);
    return () => {
      here = false;
      mediaDevices.removeEventListener('devicechange', look);
    };
  }, []);
  return devices;
}
