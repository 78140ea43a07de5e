import { type FileLog, isDone } from '../activities/files.ts';
import type { SessionState } from '../session/session.ts';

const MOST = 20; // fit a message

/** Which files went between this page and others, in parts that fit a message: for who has accepted the session (TS5). */
export function fileLog({ activities, epoch }: SessionState): FileLog[] {
  const files = activities.files.transfers.map((one) => ({
    id: one.id,
    name: one.name,
    size: one.size,
    at: one.at,
    from: one.names.by,
    to: one.names.to,
    received: isDone(one),
  }));
  const parts = Array.from({ length: Math.max(1, Math.ceil(files.length / MOST)) }, (_, at) =>
    files.slice(at * MOST, (at + 1) * MOST),
  );
  return parts.map((some, at) => ({ v: 1, type: 'files.log', epoch, files: some, last: at === parts.length - 1 }));
}
