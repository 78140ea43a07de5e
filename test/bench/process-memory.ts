import { readdirSync, readFileSync } from 'node:fs';

/** Bytes of its own (not of files) that a process and all below it hold, as Linux tells. */
export function memoryOf(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const id = Number(name);
    if (Number.isInteger(id)) parents.set(id, numberIn(id, /^PPid:\s+(\d+)/m));
  }
  const all = new Set([pid]);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const [id, parent] of parents) if (all.has(parent)) all.add(id);
  }
  return [...all].reduce((sum, id) => sum + numberIn(id, /^RssAnon:\s+(\d+)/m) * 1024, 0);
}

function numberIn(pid: number, what: RegExp): number {
  try {
    return Number(what.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended meanwhile
  }
}
