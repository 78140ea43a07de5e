import { parseJson, z } from '../protocol/schema.ts';

// Where recordings lie until the agent saves or deletes them: a folder of the browser's private disk (OPFS).

/** What is known of one, kept beside it, so that it can be offered after a crash too. */
export const About = z.object({
  /** Whose session it is of: names. */
  title: z.string(),
  startedAt: z.number(), // ms
});
export type About = z.infer<typeof About>;

export interface Kept extends About {
  id: string;
  bytes: number;
}

/** What the page says to disk.worker.ts, and hears. */
export type ToDisk = { do: 'open'; id: string; about: About } | { do: 'write'; bytes: ArrayBuffer } | { do: 'close' };
export type FromDisk = { is: 'open' } | { is: 'written'; size: number } | { is: 'closed' } | { is: 'failed' };

const FOLDER = 'recordings';
const ABOUT = '.json';
/** Made when one is saved without a picker: what the browser downloads must not go meanwhile. */
const READY = '.webm';

/** @throws DOMException where there is no private disk, as in some private windows */
export async function place(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** All that lie there but those that `run`, oldest first; what holds nothing is removed. */
export async function kept(run: ReadonlySet<string>): Promise<Kept[]> {
  const folder = await place();
  const found: Kept[] = [];
  for await (const name of folder.keys()) {
    if (!name.endsWith(ABOUT)) continue;
    const id = name.slice(0, -ABOUT.length);
    if (run.has(id)) continue;
    const text = await (await (await folder.getFileHandle(name)).getFile()).text();
    const about = parseJson(About, text);
    const bytes = (await recorded(id).catch(() => undefined))?.size ?? 0;
    if (about && bytes > 0) found.push({ id, bytes, ...about });
    else await forget(id);
  }
  return found.sort((one, other) => one.startedAt - other.startedAt);
}

/** As it was recorded: it plays, but has no length and cannot be sought in. */
export async function recorded(id: string): Promise<File> {
  return (await (await place()).getFileHandle(id)).getFile();
}

/** Where the one that is to be saved is written. */
export async function ready(id: string): Promise<FileSystemFileHandle> {
  return (await place()).getFileHandle(id + READY, { create: true });
}

export async function forget(id: string): Promise<void> {
  const folder = await place();
  for (const name of [id, id + READY, id + ABOUT]) {
    await folder.removeEntry(name).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    });
  }
}
