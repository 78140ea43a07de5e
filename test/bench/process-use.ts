import { readdirSync, readFileSync } from 'node:fs';

const TICK = 10; // ms: what Linux counts processor time in (USER_HZ)

/** Bytes of its own (not of files) that a process and all below it hold, as Linux tells. */
export const memoryOf = (pid: number): number =>
  sum(pid, 'status', (text) => numberIn(text, /^RssAnon:\s+(\d+)/m) * 1024);

/** ms of processor time, user and system, that a process and all below it that still run have used. */
export const cpuOf = (pid: number): number =>
  sum(pid, 'stat', (text) => {
    // After the name, which may have anything in it: proc(5), fields 14 and 15.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK;
  });

function sum(pid: number, file: string, of: (text: string) => number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const id = Number(name);
    if (Number.isInteger(id)) parents.set(id, numberIn(read(id, 'status'), /^PPid:\s+(\d+)/m));
  }
  const all = new Set([pid]);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const [id, parent] of parents) if (all.has(parent)) all.add(id);
  }
  return [...all].reduce((total, id) => total + of(read(id, file)), 0);
}

const numberIn = (text: string, what: RegExp): number => Number(what.exec(text)?.[1] ?? 0);

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
