import { forgetPrivate, keptPrivate } from '../files/private-sink.ts';

/**
 * What a received file is called on the private disk: by whose place and which session it is of, so that it goes with
 * them (RE1). Every id has the same length, so none is the beginning of another.
 */
export function receivedName({ me, stored }: { me: string; stored: { id: string } }, transfer: string): string {
  return `${beginning(me, stored.id)}${transfer}`;
}

/** Deletes what a place has received, in one session or in all. */
export async function forgetReceived(place: string, session?: string): Promise<void> {
  const names = await keptPrivate(beginning(place, session));
  await Promise.all(names.map(forgetPrivate));
}

const beginning = (place: string, session?: string) => `${place}-${session === undefined ? '' : `${session}-`}`;
