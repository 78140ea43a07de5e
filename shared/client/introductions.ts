import type { LinkStatus } from '../link/link.ts';
import type { Introduction } from '../session/message.ts';
import type { SessionState } from '../session/session.ts';

/**
 * What the primary has still to vouch for (SE1): to each participant, what it has itself seen of every other one over
 * its own link. `proven` only when both legs are. Said again when it changes, and to whoever `hasForgotten`.
 */
export function introductionsDue(
  state: SessionState,
  links: ReadonlyMap<string, LinkStatus>,
  hasForgotten: ReadonlySet<string>,
): Introduction[] {
  const known = state.roster.participants.flatMap(({ id }) => {
    const status = links.get(id);
    const seen = status?.assurance === 'proven' || status?.assurance === 'not compared' ? status.them : undefined;
    return seen ? [{ id, seen, proven: status?.assurance === 'proven' }] : [];
  });
  const due: Introduction[] = [];
  for (const to of known) {
    for (const who of known) {
      if (to.id === who.id) continue;
      const introduction: Introduction = {
        v: 1,
        type: 'introduction',
        epoch: state.epoch,
        to: to.id,
        who: who.id,
        signingKey: who.seen.signingKey,
        fingerprints: [...who.seen.fingerprints],
        proven: to.proven && who.proven,
      };
      const before = hasForgotten.has(to.id) ? undefined : state.introduced[`${to.id}>${who.id}`];
      if (JSON.stringify(before) !== JSON.stringify(introduction)) due.push(introduction);
    }
  }
  return due;
}
