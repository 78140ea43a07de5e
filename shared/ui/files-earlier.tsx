import type { FilesShown } from '../activities/files-shown.ts';
import { plainName, sizeText } from './file-words.ts';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';
import { NAME_SLOT, WithName } from './person-name.tsx';
import { ClockTime } from './time.tsx';

/** Which files went before this agent took over the session (TS5), as the customer's page tells it: nothing to save here. */
export function FilesEarlier({ files }: { files: FilesShown['earlier'] }) {
  const t = useT();
  if (files.length === 0) return null;
  return (
    <details class="disclosure">
      <summary>
        <Icon name="down" />
        {t('files.earlier', { count: files.length })}
      </summary>
      <ul class="plain-list file-list">
        {files.map((one) => (
          <li key={one.id} class="file">
            <p class="file-name">
              <bdi dir="ltr">{plainName(one.name)}</bdi>
            </p>
            <p class="meta">
              {sizeText(t, one.size)} · <WithName text={t('files.of', { name: NAME_SLOT })} name={one.from} />
              {' · '}
              <WithName text={t('files.wentTo', { name: NAME_SLOT })} name={one.to} />
              {' · '}
              {one.received ? t('files.received') : t('files.notReceived')} · <ClockTime at={one.at} />
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
