import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorBody, type ErrorCode, HulplijnError } from '../../shared/protocol/errors.ts';
import type { ParticipantId } from '../../shared/protocol/ids.ts';
import { Token } from '../../shared/protocol/relay-api.ts';
import { z } from '../../shared/protocol/schema.ts';
import type { AgentRecord } from '../agent-record.ts';
import type { Caller } from '../agents.ts';
import type { Parts } from '../parts.ts';

/** Node's own request is at hand for its address; in a test it is whatever the test gives. */
export type Env = { Bindings: Partial<HttpBindings> };
export type App = Hono<Env>;
export type Call = Context<Env>;

const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  'bad-request': 400,
  'not-found': 404,
  'signed-out': 401,
  forbidden: 403,
  'bad-address': 422,
  'wrong-code': 422,
  'code-expired': 410,
  'too-many-attempts': 429,
  'bad-number': 404,
  'session-ended': 410,
  'invitation-over': 410,
  busy: 503,
  full: 409,
  'mode-not-allowed': 403,
  'already-here': 409,
  conflict: 409,
  'handed-over': 409,
  'not-here': 409,
  'not-verified': 403,
  'no-agent-yet': 409,
  taken: 409,
  'taken-by-you': 409,
  'not-listed': 403,
  'removed-before': 409,
  'agent-exists': 409,
  'queue-exists': 409,
  'last-administrator': 409,
  'out-of-range': 422,
  'limits-contradict': 422,
  'mail-quota': 429,
  'mail-unreachable': 502,
  'mail-refused': 422,
  'relay-unreachable': 500,
  'no-relay': 500,
  'bad-relay-url': 500,
  'nothing-chosen': 400,
  'cannot-capture': 400,
  'cannot-record': 400,
  'disk-full': 400,
  'device-refused': 400,
  'no-device': 400,
  'device-busy': 400,
  'device-gone': 400,
  'file-blocked': 400,
  'file-too-large': 413,
  'another-file': 400,
  'server-error': 500,
};

export function refusal(c: Call, error: HulplijnError): Response {
  const { code, retryAfter, pairs } = error;
  const body: ErrorBody = { error: code, ...(retryAfter !== undefined && { retryAfter }), ...(pairs && { pairs }) };
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  return c.json(body, STATUS[code]);
}

/** What a person typed gets a sentence of its own; all else that does not parse is a program's fault. */
const TYPED: Record<string, ErrorCode> = { email: 'bad-address', mail: 'bad-address', code: 'wrong-code' };

/** Waits until all of it has come; whoever reads it then gets what was kept. */
export async function wholeBody(c: Call): Promise<void> {
  try {
    await c.req.text();
  } catch (error) {
    throw new HulplijnError('bad-request', { cause: error });
  }
}

export async function body<S extends z.core.$ZodType>(c: Call, schema: S): Promise<z.output<S>> {
  let value: unknown;
  try {
    value = await c.req.json();
  } catch (error) {
    throw new HulplijnError('bad-request', { cause: error });
  }
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const field = String(result.error.issues[0]?.path[0] ?? '');
  throw new HulplijnError(TYPED[field] ?? 'bad-request', { cause: result.error });
}

/** An id in a path; one that cannot be is one that is not found. */
export function parameter<S extends z.core.$ZodType>(c: Call, name: string, schema: S): z.output<S> {
  const result = z.safeParse(schema, c.req.param(name));
  if (!result.success) throw new HulplijnError('not-found');
  return result.data;
}

export async function caller(c: Call, parts: Parts): Promise<Caller> {
  const [, token] = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
  const read = z.safeParse(Token, token);
  if (!read.success) throw new HulplijnError('signed-out');
  return parts.agents.caller(read.data);
}

export async function agentCalling(c: Call, parts: Parts): Promise<{ id: ParticipantId; agent: AgentRecord }> {
  const who = await caller(c, parts);
  if (who.is !== 'agent') throw new HulplijnError('forbidden');
  return who;
}

export async function seatCalling(c: Call, parts: Parts): Promise<{ id: ParticipantId }> {
  const who = await caller(c, parts);
  if (who.is !== 'seat') throw new HulplijnError('forbidden');
  return who;
}
