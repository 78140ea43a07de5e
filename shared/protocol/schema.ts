import * as z from 'zod/mini';

// The compiled parsers of zod call `new Function`, which a strict Content-Security-Policy reports: never try.
z.config({ jitless: true });

export { z };

/** Parses text as JSON and then by `schema`; `undefined` for anything that is not exactly that. */
export function parseJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = z.safeParse(schema, value);
  return result.success ? result.data : undefined;
}
