import type { ReadonlySignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { Answer } from '../session/answer.ts';
import type { Send, SessionView } from '../session/view.ts';
import { Button } from './button.tsx';
import { errorText } from './error-text.ts';
import { FileItem, type FileMoving, type FileShown } from './file-item.tsx';
import { FileName } from './file-name.tsx';
import { plainName } from './file-words.ts';
import { FilesEarlier } from './files-earlier.tsx';
import { useT } from './i18n.ts';
import { saveFile } from './save-file.ts';

/** What the page that moves the files knows and does. */
export interface FileParts {
  readonly moving: ReadonlySignal<ReadonlyMap<string, FileMoving>>;
  offer(file: File, to: readonly string[]): Promise<Answer>;
  again(id: string, file: File): Promise<Answer>;
}

/** Files of a session (SH4): offer by button or by dropping them here, accept, watch, save. */
export function FilesPanel({ session, parts, send }: { session: SessionView; parts: FileParts; send: Send }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  /** Files that were not taken, and why. */
  const [refused, setRefused] = useState<readonly { name: string; why: string }[]>([]);
  const choose = useRef<HTMLInputElement>(null);
  /** The transfer whose file is chosen again; none: a new one. */
  const again = useRef<string | undefined>(undefined);
  const [to, setTo] = useState('');
  const [over, setOver] = useState(false);
  const shown = session.activities.files;
  const open = session.phase !== 'ended';
  const mayOffer = open && shown.to.length > 0;
  const moving = parts.moving.value;
  if (!mayOffer && shown.transfers.length === 0 && shown.earlier.length === 0) return null;

  /** Each file for itself: one that is refused holds up no other. */
  const each = async (files: readonly File[], act: (file: File) => Promise<Answer>) => {
    setBusy(true);
    setRefused([]);
    for (const file of files) {
      const answer = await act(file);
      if (!answer.ok) setRefused((before) => [...before, { name: plainName(file.name), why: errorText(t, answer) }]);
    }
    setBusy(false);
  };
  const offer = (files: readonly File[]) => {
    const chosen = shown.to.filter(({ id }) => to === '' || id === to).map(({ id }) => id);
    void each(files, (file) => parts.offer(file, chosen));
  };
  const chosen = (files: readonly File[]) => {
    const which = again.current;
    again.current = undefined;
    if (which === undefined) offer(files);
    else void each(files.slice(0, 1), (file) => parts.again(which, file));
  };
  const save = ({ id, name }: FileShown) => {
    const file = moving.get(id)?.file;
    if (file) saveFile(file, name);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for pointers; the button does the same for all
    <div
      class={over ? 'files over' : 'files'}
      onDragOver={(event) => {
        if (!mayOffer || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!mayOffer) return;
        event.preventDefault();
        offer([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <h2 class="bar-panel-title">{t('files.title')}</h2>
      {mayOffer && (
        <div class="row wrapping">
          <Button icon="file" disabled={busy} onClick={() => choose.current?.click()}>
            {t('files.send')}
          </Button>
          {shown.to.length > 1 && (
            <label class="row">
              <span class="label">{t('files.to')}</span>
              <select class="field fitting slim" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                <option value="">{t('files.toAll')}</option>
                {shown.to.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      )}
      <input
        ref={choose}
        type="file"
        multiple
        hidden
        aria-label={t('files.send')}
        onChange={(event) => {
          chosen([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {over && <p class="meta">{t('files.drop')}</p>}
      {refused.length > 0 && (
        <ul class="plain-list" role="alert">
          {refused.map(({ name, why }) => (
            <li key={name} class="file">
              <FileName name={name} />
              <p class="problem">{why}</p>
            </li>
          ))}
        </ul>
      )}
      <ul class="plain-list file-list">
        {shown.transfers.map((file) => (
          <FileItem
            key={file.id}
            session={session.id}
            file={file}
            moving={moving.get(file.id)}
            send={send}
            onSave={() => save(file)}
            onAgain={() => {
              again.current = file.id;
              choose.current?.click();
            }}
          />
        ))}
      </ul>
      <FilesEarlier files={shown.earlier} />
    </div>
  );
}
