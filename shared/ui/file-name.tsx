import { plainName } from './file-words.ts';

/** A file's name as it is, whole. */
export function FileName({ name }: { name: string }) {
  return (
    <p class="file-name">
      <bdi dir="ltr" title={plainName(name)}>
        {plainName(name)}
      </bdi>
    </p>
  );
}
