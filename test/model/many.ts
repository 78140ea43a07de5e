import { randomWalk, shrink } from './walk.ts';
import { Broken } from './watch.ts';

/**
 * Walks of seeds from `seed` on, until so many steps are done. The first that breaks is thrown, with its seed and as few
 * steps as lead there. `told`: after each walk, how many steps that makes.
 */
export async function walkMany(
  key: CryptoKey,
  seed: number,
  steps: number,
  told: (steps: number) => void = () => {},
): Promise<void> {
  for (let done = 0, at = seed; done < steps; at += 1) {
    const walked = await randomWalk(key, at);
    done += walked.steps.length;
    told(done);
    if (!walked.broken) continue;
    const { broken, steps: few } = await shrink(key, at, walked.steps);
    const why = broken ?? walked.broken;
    throw new Broken(`seed ${at}: ${few.join('; ')}: ${why.message}`, { cause: why });
  }
}
