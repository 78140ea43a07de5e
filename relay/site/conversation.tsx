import type { Place, Prepared } from './visitor.ts';

export async function prepare(_place: Place): Promise<Prepared> {
  throw new Error('not yet');
}
