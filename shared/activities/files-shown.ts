import { ParticipantId } from '../protocol/ids.ts';
import { z } from '../protocol/schema.ts';
import { OffWhy } from './off-why.ts';
import { Id } from './wire.ts';

/** What ended it when no person did: there was no room for it, it could not be read any more, or it was not what was offered. */
export const Fault = z.enum(['storage', 'unreadable', 'broken']);
export type Fault = z.infer<typeof Fault>;

/** What a person may call a file: text, with nothing that leads out of a folder. */
export const FileName = z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[^/\\\0]+$/));

const PersonText = z.string().check(z.maxLength(400));
/** A file of before this agent came, as the customer's page tells it (TS5). */
export const EarlierFile = z.object({
  id: Id,
  name: FileName,
  size: z.int().check(z.gte(0)),
  at: z.int().check(z.gte(0)), // their clock, ms
  from: PersonText, // names
  to: PersonText,
  received: z.boolean(), // whole
});
export type EarlierFile = z.infer<typeof EarlierFile>;

export const FilesShown = z.object({
  /** To whom one may offer. */
  to: z.array(z.object({ id: ParticipantId, name: z.string() })),
  /** Oldest first. */
  transfers: z.array(
    z.object({
      id: Id,
      name: z.string(),
      size: z.number(),
      mine: z.boolean(), // sent from here
      with: z.string(), // the other's name
      state: z.enum(['offered', 'moving', 'done', 'over']),
      until: z.nullable(z.number()), // while offered
      why: z.nullable(OffWhy), // when over
      mayResume: z.boolean(), // mine, and cut off by a change of who is in charge (TC4)
      fault: z.nullable(Fault), // when that was it
      sha256: z.nullable(z.string()), // equal at both ends, when done
    }),
  ),
  /** Oldest first. */
  earlier: z.array(EarlierFile),
});
export type FilesShown = z.infer<typeof FilesShown>;
