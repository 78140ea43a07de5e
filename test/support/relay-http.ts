import { ErrorBody } from '../../shared/protocol/errors.ts';
import type { z } from '../../shared/protocol/schema.ts';
import { z as zod } from '../../shared/protocol/schema.ts';

/** Anything that answers a request: a relay on a port, or an app in memory. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** A caller of the relay's HTTP API: tokens in, parsed bodies out, refusals as `ErrorBody` with their status. */
export class Caller {
  readonly #ask: Ask;
  readonly token: string | undefined;

  constructor(ask: Ask, token?: string) {
    this.#ask = ask;
    this.token = token;
  }

  raw(method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const sent = method === 'POST' ? (body ?? {}) : undefined; // as relay-client.ts
    return this.#ask(path, {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    });
  }

  async get<S extends z.core.$ZodType>(schema: S, path: string): Promise<z.output<S>> {
    return read(schema, await this.raw('GET', path));
  }

  async post<S extends z.core.$ZodType>(schema: S, path: string, body?: unknown): Promise<z.output<S>> {
    return read(schema, await this.raw('POST', path, body));
  }

  /** For what answers with nothing. */
  async do(path: string, body?: unknown): Promise<void> {
    const answer = await this.raw('POST', path, body);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  /** The refusal's code; fails if it was not refused. */
  async refused(method: 'GET' | 'POST', path: string, body?: unknown): Promise<ErrorBody['error']> {
    const answer = await this.raw(method, path, body);
    if (answer.ok) throw new Error(`${path} was not refused: ${await answer.text()}`);
    return zod.parse(ErrorBody, await answer.json()).error;
  }
}

async function read<S extends z.core.$ZodType>(schema: S, answer: Response): Promise<z.output<S>> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return zod.parse(schema, await answer.json());
}
