import { useRef, useState } from 'preact/hooks';
import { type Entry, joinLink, readEntry } from '../../shared/protocol/entry.ts';
import { errorText } from '../../shared/ui/error-text.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { AskedNotice } from './asked-notice.tsx';
import type { Device } from './device.ts';
import { DeviceNote } from './device-note.tsx';
import { Field } from './field.tsx';
import { JoinForm } from './join-form.tsx';
import { Screen } from './shell.tsx';
import { groupedAsTyped, numberProblem } from './typed.ts';
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
  onJoin(number: string): void;
  /** A join link was typed here: its own page is the place for it. */
  onLink(path: string): void;
}) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(true);
  const [changed, setChanged] = useState(false);
  const entry = readEntry(number);
  const refused = joining.is === 'refused' && joining.code === 'bad-number' && !changed;
  const problem =
    numberProblem(t, entry, typing) ?? (refused ? errorText(t, { ok: false, error: 'bad-number' }) : undefined);

  const type = (typed: string, input: HTMLInputElement) => {
    setTyping(true);
    setChanged(true);
    const atEnd = input.selectionStart === typed.length;
    const grouped = atEnd ? groupedAsTyped(typed) : typed;
    // Preact leaves a field alone whose value it believes unchanged.
    input.value = grouped;
    onNumber(grouped);
  };
  const check = () => {
    setTyping(false);
    if (entry.is === 'number' || entry.is === 'link') return true;
    field.current?.focus();
    return false;
  };
  const join = (chosen: Entry) => {
    setChanged(false);
    if (chosen.is === 'number') onJoin(chosen.number);
    if (chosen.is === 'link') onLink(joinLink(`/j/${chosen.invitation}`, chosen.key));
  };
  return (
    <Screen title={t('site.number.title')}>
      <p class="soft">{desk ? t('site.number.intro', { desk }) : t('site.number.introNoDesk')}</p>
      <JoinForm
        name={name}
        onName={onName}
        joining={joining}
        check={check}
        refusalElsewhere={joining.is === 'refused' && joining.code === 'bad-number'}
        onJoin={() => join(entry)}
      >
        <Field
          label={t('word.sessionNumber')}
          hint={t('site.number.hint')}
          problem={problem}
          value={number}
          onInput={type}
          fieldRef={field}
          look="number-field"
          inputMode="numeric"
          autocomplete="off"
          onBlur={() => setTyping(number.trim() === '')}
        />
        <AskedNotice desk={desk} />
      </JoinForm>
      <DeviceNote device={device} who={undefined} />
    </Screen>
  );
}
