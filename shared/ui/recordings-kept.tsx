import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import type { Answer } from '../session/answer.ts';
import { Button } from './button.tsx';
import { sizeText } from './file-words.ts';
import { useT } from './i18n.ts';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { useAct } from './use-act.ts';

/** One that lies on this computer's private disk. */
export interface KeptRecording {
  id: string;
  title: string; // whose session: names
  startedAt: number; // ms
  bytes: number;
}

/** The page's own. */
export interface RecordingsShown {
  readonly kept: ReadonlySignal<readonly KeptRecording[]>;
  /** How far those are that are being saved, 0 to 1. */
  readonly saving: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Saved by the browser's downloads: deleted here by the person. */
  readonly downloaded: ReadonlySignal<ReadonlySet<string>>;
  /** In a press. */
  save(id: string, name: string): Promise<Answer>;
  delete(id: string): Promise<Answer>;
}

/** Recordings that are over, also from before a crash, until they are saved or deleted (SH7). */
export function RecordingsKept({ recordings }: { recordings: RecordingsShown }) {
  const saving = recordings.saving.value;
  const downloaded = recordings.downloaded.value;
  const t = useT();
  const kept = recordings.kept.value;
  if (kept.length === 0) return null;
  return (
    <section class="recordings-kept" aria-label={t('recordings.title')}>
      {kept.map((one) => (
        <KeptItem
          key={one.id}
          recording={one}
          done={saving.get(one.id)}
          downloaded={downloaded.has(one.id)}
          recordings={recordings}
        />
      ))}
    </section>
  );
}

interface KeptItemProps {
  recording: KeptRecording;
  done: number | undefined;
  downloaded: boolean;
  recordings: RecordingsShown;
}

function KeptItem({ recording: { id, title, startedAt, bytes }, done, downloaded, recordings }: KeptItemProps) {
  const t = useT();
  const act = useAct();
  const [deleting, setDeleting] = useState(false);
  const when = new Intl.DateTimeFormat(t.language, { dateStyle: 'medium', timeStyle: 'short' }).format(startedAt);
  const text = downloaded ? t('recordings.downloaded', { name: NAME_SLOT }) : t('recordings.kept', { name: NAME_SLOT });
  return (
    <div class="recording-kept card">
      <div class="grow">
        <p>
          <WithName text={text} name={title || t('recordings.nobody')} />
        </p>
        <p class="meta" role="status">
          {done === undefined
            ? `${when} · ${sizeText(t, bytes)}`
            : t('recordings.saving', { percent: Math.floor(done * 100) })}
        </p>
      </div>
      {deleting ? (
        <div class="row wrapping">
          <Button onClick={() => setDeleting(false)}>{t('recordings.keep')}</Button>
          <Button kind="stop" disabled={act.busy} onClick={() => void act.run(() => recordings.delete(id))}>
            {t('recordings.deleteNow')}
          </Button>
        </div>
      ) : (
        <div class="row wrapping">
          <Button
            kind={downloaded ? 'plain' : 'primary'}
            disabled={act.busy}
            onClick={() => void act.run(() => recordings.save(id, fileName(t, title, startedAt)))}
          >
            {t('files.save')}
          </Button>
          <Button disabled={act.busy} onClick={() => setDeleting(true)}>
            {t('recordings.delete')}
          </Button>
        </div>
      )}
      {act.problem && (
        <p class="problem" role="alert">
          {act.problem}
        </p>
      )}
    </div>
  );
}

/** “Recording Mia 2026-11-23 14.02.webm”: of signs that every system takes. */
function fileName(t: T, title: string, at: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const when = new Date(at);
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  const name = `${t('recording.title')} ${title} ${day} ${two(when.getHours())}.${two(when.getMinutes())}`;
  return `${name.replace(/[^\p{L}\p{M}\p{N} .,_-]/gu, '').replace(/\s+/g, ' ')}.webm`;
}
