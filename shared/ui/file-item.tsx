import type { FilesShown } from '../activities/files-shown.ts';
import type { T } from '../locales/messages.ts';
import type { Send } from '../session/view.ts';
import { Button } from './button.tsx';
import { FileName } from './file-name.tsx';
import { endingOf, plainName, sizeText, timeText } from './file-words.ts';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';

export type FileShown = FilesShown['transfers'][number];

/** How far it is, in the page that moves it. */
export interface FileMoving {
  bytes: number;
  perSecond: number;
  file?: Blob;
  lacksFile?: boolean;
}

interface FileItemProps {
  session: string;
  file: FileShown;
  moving: FileMoving | undefined;
  send: Send;
  onSave(): void;
  onAgain(): void;
}

/** One file on its way: its name as it is, what happens with it, and what may be done. */
export function FileItem({ session, file, moving, send, onSave, onAgain }: FileItemProps) {
  const t = useT();
  const does = (type: 'files.accept' | 'files.refuse' | 'files.cancel' | 'files.resume') =>
    void send({ type, session, id: file.id });
  const name = plainName(file.name);
  const ending = endingOf(file.name);
  return (
    <li class="file">
      <FileName name={file.name} />
      <p class="meta">
        {[sizeText(t, file.size), ending && t('files.ends', { ending })].filter(Boolean).join(' · ')}
        {!file.mine && (
          <>
            {' · '}
            <WithName text={t('files.of', { name: NAME_SLOT })} name={file.with} />
          </>
        )}
      </p>
      {file.state === 'moving' && (
        <progress
          aria-label={t('files.progress', { name })}
          max={Math.max(1, file.size)}
          value={file.size === 0 ? 1 : (moving?.bytes ?? 0)}
        />
      )}
      <p class="meta" role="status" title={file.sha256 === null ? undefined : t('files.hash', { hash: file.sha256 })}>
        <WithName text={stateText(t, file, moving)} name={file.with} />
      </p>
      <div class="row wrapping">
        {file.state === 'offered' && !file.mine && (
          <>
            <Button kind="primary" onClick={() => does('files.accept')}>
              {t('files.accept')}
            </Button>
            <Button onClick={() => does('files.refuse')}>{t('files.refuse')}</Button>
          </>
        )}
        {moving?.lacksFile && file.state === 'moving' && (
          <Button kind="primary" onClick={onAgain}>
            {t('files.again')}
          </Button>
        )}
        {file.mayResume && <Button onClick={() => does('files.resume')}>{t('files.resume')}</Button>}
        {(file.state === 'moving' || (file.state === 'offered' && file.mine)) && (
          <Button onClick={() => does('files.cancel')}>{t('files.cancel')}</Button>
        )}
        {moving?.file && (
          <Button kind="primary" onClick={onSave}>
            {t('files.save')}
          </Button>
        )}
      </div>
    </li>
  );
}

function stateText(t: T, file: FileShown, moving: FileMoving | undefined): string {
  switch (file.state) {
    case 'offered':
      return file.mine ? t('files.waits', { name: NAME_SLOT }) : t('files.offered', { name: NAME_SLOT });
    case 'done':
      return t('files.done');
    case 'moving': {
      const about = { done: sizeText(t, moving?.bytes ?? 0), size: sizeText(t, file.size) };
      if (!moving || moving.perSecond <= 0) return t('files.waiting', about);
      const left = (file.size - moving.bytes) / moving.perSecond;
      const speed = sizeText(t, moving.perSecond);
      return `${t('files.sending', { ...about, speed })} · ${t('files.left', { time: timeText(t, left) })}`;
    }
    case 'over':
      return overText(t, file);
  }
}

function overText(t: T, { why, fault }: FileShown): string {
  switch (fault) {
    case 'broken':
      return t('files.over.broken');
    case 'storage':
      return t('files.over.storage');
    case 'unreadable':
      return t('files.over.unreadable');
    case null:
      break;
    default:
      fault satisfies never;
  }
  switch (why) {
    case 'refused':
      return t('files.over.refused', { name: NAME_SLOT });
    case 'lapsed':
      return t('files.over.lapsed');
    case 'stopped':
      return t('files.over.stopped');
    case 'gone':
      return t('files.over.gone', { name: NAME_SLOT });
    case 'handed over':
      return t('files.over.handedOver');
    default:
      return t('files.over.other');
  }
}
