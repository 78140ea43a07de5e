/** Writes a recording as it comes: in a worker, for only here is the private disk written at once, without a copy. */
import { access, type SyncAccess } from '../files/private-sink.ts';
import { type FromDisk, place, type ToDisk } from './disk.ts';

const tell = (said: FromDisk) => postMessage(said);
let file: SyncAccess | undefined;
let size = 0;

async function open({ id, about }: Extract<ToDisk, { do: 'open' }>): Promise<void> {
  const folder = await place();
  const words = await access(await folder.getFileHandle(`${id}.json`, { create: true }));
  words.write(new TextEncoder().encode(JSON.stringify(about)), { at: 0 });
  words.flush();
  words.close();
  file = await access(await folder.getFileHandle(id, { create: true }));
}

function write(bytes: Uint8Array): void {
  if (!file) throw new Error('closed');
  if (file.write(bytes, { at: size }) !== bytes.length) throw new Error('disk full');
  file.flush(); // a crash takes what is not yet here, and no more
  size += bytes.length;
  tell({ is: 'written', size });
}

function close(): void {
  file?.close();
  file = undefined;
  tell({ is: 'closed' });
}

addEventListener('message', async ({ data }: MessageEvent<ToDisk>) => {
  try {
    if (data.do === 'open') {
      await open(data);
      tell({ is: 'open' });
    } else if (data.do === 'write') write(new Uint8Array(data.bytes));
    else close();
  } catch {
    tell({ is: 'failed' });
  }
});
