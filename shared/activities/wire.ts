import { ParticipantId } from '../protocol/ids.ts';
import type { Role } from '../protocol/permissions.ts';
import { z } from '../protocol/schema.ts';

// What the messages of all activities are made of.

/** Names one thing of an activity's: 128 random bits, in the form of every id. */
export const Id = ParticipantId;
export const Epoch = z.int().check(z.gte(1));

/** A kept or passed message of that type, version 1 of the protocol. */
export const kept = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) =>
  z.object({ v: z.literal(1), type: z.literal(type), ...shape });

export const EVERYBODY: readonly Role[] = ['primary', 'assistant', 'customer'];
