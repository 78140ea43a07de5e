import { forgetPrivate, keptPrivate } from '../files/private-sink.ts';

/**
 * What a received file is called on the private disk: by whose place and which session it is of, so that it goes with
 * them (RE1). Every id has the same length, so none is the beginning of another.
 */
export function receivedName({ me, stored }: { me: string; stored: { id: string } }, transfer: string): string {
  return `${beginning(me, stored.id)}${transfer}`;
}

/** Whether something received there waits to be saved. */
export async function hasReceived(place: string, session: string): Promise<boolean> {
  return (await keptPrivate(beginning(place, session))).length > 0;
}

/** Deletes what a place has received, but in those sessions. */
export async function forgetReceived(place: string, keeping: readonly string[] = []): Promise<void> {
  const kept = keeping.map((session) => beginning(place, session));
  const names = await keptPrivate(beginning(place));
  await Promise.all(names.filter((name) => !kept.some((one) => name.startsWith(one))).map(forgetPrivate));
}

/** Whose places have received something that is still there. */
export async function receivingPlaces(): Promise<string[]> {
  const names = await keptPrivate('');
  return [...new Set(names.map((name) => name.slice(0, name.indexOf('-'))))];
}

const beginning = (place: string, session?: string) => `${place}-${session === undefined ? '' : `${session}-`}`;
