const NAME = 'hulplijn dashboard';

/** One dashboard for each browser profile holds this. */
export interface DeskLock {
  release(): void;
  stolen: Promise<void>; // settles when another dashboard took it without asking
}

/**
 * Takes the lock: within `within` ms, or, with `steal`, from whoever holds it.
 * @returns undefined when another dashboard keeps it.
 */
export function takeLock(how: { within: number } | 'steal'): Promise<DeskLock | undefined> {
  const options = how === 'steal' ? { steal: true } : { signal: AbortSignal.timeout(how.within) };
  return new Promise((taken) => {
    let stolen = (): void => {};
    const whenStolen = new Promise<void>((resolve) => {
      stolen = resolve;
    });
    navigator.locks
      .request(NAME, options, () => {
        return new Promise<void>((release) => taken({ release, stolen: whenStolen }));
      })
      .catch(() => {
        taken(undefined);
        stolen();
      });
  });
}
