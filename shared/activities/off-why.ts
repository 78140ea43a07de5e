import { z } from '../protocol/schema.ts';

/**
 * `refused` and `lapsed` are answers; `withdrawn` by who asked; `cannot`: their browser or system does not let them;
 * `stopped` by whose it is; `reloaded`, `gone`: by the roster; `moved`: another customer is being helped (PA3);
 * `handed over`: another is primary (TC4); `lost`: nobody is (EN3).
 */
export const OffWhy = z.enum([
  'refused',
  'lapsed',
  'withdrawn',
  'cannot',
  'stopped',
  'reloaded',
  'gone',
  'moved',
  'handed over',
  'lost',
]);
export type OffWhy = z.infer<typeof OffWhy>;
