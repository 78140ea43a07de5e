import { BLOCK } from './frames.ts';
import type { Kept, Sink } from './sink.ts';

/** In workers only, so TypeScript's DOM does not know it. https://fs.spec.whatwg.org/#filesystemsyncaccesshandle */
export interface SyncAccess {
  getSize(): number;
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
interface SyncFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>;
}

const FOLDER = 'files';
const NAME = /^[\w-]{1,100}$/;
const RECORD = '.kept';
/** Before the hash's state, its record says the file's size (8 bytes) and how many blocks are verified (4 bytes). */
const RECORD_HEAD = 12;
/** ms a page that was just reloaded, or a transfer that was just ended, may still hold the file. */
const LET_GO = 10_000;
const AGAIN = 50;

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** A file of the browser's private disk, and beside it the record of what is verified. In a worker only. */
export async function privateSink(name: string, size: number): Promise<Sink> {
  if (!NAME.test(name)) throw new RangeError('not a name of a file');
  const place = await folder();
  const handle = await place.getFileHandle(name, { create: true });
  const file = await access(handle);
  const record = await access(await place.getFileHandle(name + RECORD, { create: true })).catch((error: unknown) => {
    file.close();
    throw error;
  });
  const kept = readRecord(record, size, file.getSize());
  if (!kept) {
    file.truncate(0);
    record.truncate(0);
  }
  let at = (kept?.blocks ?? 0) * BLOCK;
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    file.close();
    record.close();
  };
  const sink: Sink = {
    kept,
    spoilt: false,
    write(bytes, verified) {
      if (!open) throw new Error('closed');
      if (file.write(bytes, { at }) !== bytes.length) throw new Error('disk full');
      at += bytes.length;
      // After the bytes, so that it never says more than there is.
      writeRecord(record, size, verified);
    },
    async finish() {
      file.flush();
      close();
      return handle.getFile();
    },
    async close() {
      close();
      if (sink.spoilt) await forgetPrivate(name);
    },
  };
  return sink;
}

/** Removes what was kept under that name, whole or not: a file read from it can be read no more. */
export async function forgetPrivate(name: string): Promise<void> {
  const place = await folder();
  for (const each of [name, name + RECORD]) {
    await whenFree(() => place.removeEntry(each)).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    });
  }
}

/** What was received whole under that name, to be saved. */
export async function privateFile(name: string): Promise<File> {
  return (await (await folder()).getFileHandle(name)).getFile();
}

/** Not in every browser's private windows. */
export const hasPrivateDisk = (): Promise<boolean> =>
  folder().then(
    () => true,
    () => false,
  );

/** The names with that beginning under which something is kept. */
export async function keptPrivate(beginning: string): Promise<string[]> {
  const names = new Set<string>();
  if (!(await hasPrivateDisk())) return [];
  for await (const name of (await folder()).keys())
    names.add(name.endsWith(RECORD) ? name.slice(0, -RECORD.length) : name);
  return [...names].filter((name) => name.startsWith(beginning));
}

export async function access(handle: FileSystemFileHandle): Promise<SyncAccess> {
  if (!isSync(handle)) throw new Error('no private disk here');
  return whenFree(() => handle.createSyncAccessHandle());
}
const isSync = (handle: FileSystemFileHandle): handle is SyncFile => 'createSyncAccessHandle' in handle;

/** Tries again while somebody still holds the file. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + LET_GO;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const held = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!held || Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

function readRecord(record: SyncAccess, size: number, written: number): Kept | undefined {
  const bytes = new Uint8Array(record.getSize());
  if (bytes.length <= RECORD_HEAD || record.read(bytes, { at: 0 }) !== bytes.length) return undefined;
  const view = new DataView(bytes.buffer);
  const blocks = view.getUint32(8);
  if (Number(view.getBigUint64(0)) !== size || Math.min(size, blocks * BLOCK) > written) return undefined;
  return { blocks, hash: bytes.slice(RECORD_HEAD) };
}

function writeRecord(record: SyncAccess, size: number, { blocks, hash }: Kept): void {
  const bytes = new Uint8Array(RECORD_HEAD + hash.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(size));
  view.setUint32(8, blocks);
  bytes.set(hash, RECORD_HEAD);
  if (record.write(bytes, { at: 0 }) !== bytes.length) throw new Error('disk full');
}
