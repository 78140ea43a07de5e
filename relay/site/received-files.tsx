import type { FilesShown } from '../../shared/activities/files-shown.ts';
import { Button } from '../../shared/ui/button.tsx';
import { FileName } from '../../shared/ui/file-name.tsx';
import { sizeText } from '../../shared/ui/file-words.ts';
import { useT } from '../../shared/ui/i18n.ts';
import { saveFile } from '../../shared/ui/save-file.ts';

export interface ReceivedFile extends Pick<FilesShown['transfers'][number], 'id' | 'name' | 'size'> {
  file: Blob;
}

/** The session is over: what came in it can be saved as long as this page is open (SH4, RE1). */
export function ReceivedFiles({ files }: { files: readonly ReceivedFile[] }) {
  const t = useT();
  return (
    <section class="card kept" aria-labelledby="received-title">
      <h2 id="received-title">{t('site.ended.filesTitle')}</h2>
      <p>{t('site.ended.filesHint')}</p>
      <ul class="plain-list file-list">
        {files.map(({ id, name, size, file }) => (
          <li key={id} class="file">
            <FileName name={name} />
            <p class="meta">{sizeText(t, size)}</p>
            <Button kind="primary" onClick={() => saveFile(file, name)}>
              {t('files.save')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
