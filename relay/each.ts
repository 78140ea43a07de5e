/** All of them, also when one fails; what failed first is thrown then. */
export async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  for (const one of all) await act(one).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}
