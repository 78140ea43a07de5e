import { useState } from 'preact/hooks';
import { joinLink, readEntry } from '../../shared/protocol/entry.ts';
import { readSessionNumber } from '../../shared/protocol/session-number.ts';
import { errorText } from '../../shared/ui/error-text.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { NumberField } from '../../shared/ui/number-field.tsx';
import { AskedNotice } from './asked-notice.tsx';
import type { Device } from './device.ts';
import { DeviceNote } from './device-note.tsx';
import { JoinForm } from './join-form.tsx';
import { Screen } from './shell.tsx';
import type { Joining } from './visit.ts';

/** `/`: in by the number that somebody read out (IN6). Names the desk alone (JO1). */
export function NumberPage({
  desk,
  device,
  number,
  onNumber,
  name,
  onName,
  joining,
  onJoin,
  onLink,
}: {
  desk: string;
  device: Device;
  number: string; // as typed
  onNumber(typed: string): void;
  name: string;
  onName(name: string): void;
  joining: Joining;
  onJoin(): void;
  /** A join link was pasted here: its own page is the place for it. */
  onLink(path: string): void;
}) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  const [changed, setChanged] = useState(false);
  const aboutNumber = joining.is === 'refused' && joining.code === 'bad-number';

  const type = (typed: string) => {
    setAsked(false);
    setChanged(true);
    onNumber(typed);
    const entry = readEntry(typed);
    if (entry.is === 'link') onLink(joinLink(`/j/${entry.invitation}`, entry.key));
  };
  const check = () => {
    setAsked(true);
    return readSessionNumber(number).is === 'number';
  };
  const join = () => {
    setChanged(false);
    onJoin();
  };
  return (
    <Screen title={t('site.number.title')}>
      <p class="soft">{desk ? t('site.number.intro', { desk }) : t('site.number.introNoDesk')}</p>
      <JoinForm
        name={name}
        onName={onName}
        joining={joining}
        check={check}
        refusalElsewhere={aboutNumber}
        onJoin={join}
      >
        <NumberField
          value={number}
          takes="number"
          asked={asked}
          refused={aboutNumber && !changed ? errorText(t, { ok: false, error: 'bad-number' }) : ''}
          onValue={type}
        />
        <AskedNotice desk={desk} />
      </JoinForm>
      <DeviceNote device={device} who={undefined} />
    </Screen>
  );
}
