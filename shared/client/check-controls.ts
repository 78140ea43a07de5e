import type { LinkStatus } from '../link/link.ts';
import { type Control, controlBytes } from '../protocol/control.ts';
import type { Role } from '../protocol/permissions.ts';
import { chargeBy, keeperIn, participant, roleOf, type SessionState } from '../session/session.ts';
import type { Signer } from './trust.ts';

/** What a page knows of the others' signing keys: from their links, now or before a reload, and from introductions. */
export interface KnownKeys {
  links: ReadonlyMap<string, LinkStatus>;
  kept: Readonly<Record<string, string>>;
  signer: Signer;
}

/**
 * Who says so: the relay, or whose link brought it; `both`: it came over that link, and the relay says so too; `either`:
 * what the relay may still say; `instead`: the relay, of what takes the place of a record of the same epoch.
 */
export type Bearer = { is: 'relay' | 'either' | 'instead' } | { is: 'link' | 'both'; peer: string };

/**
 * Those of `controls` that this page has not heard yet and that hold (TC6), oldest first: each one epoch further, signed
 * by whom `maySign` names. The first that does not hold ends the list. Of a signer whose key this page has never had it
 * has only the relay's word, as any newcomer has; but a page that knows the primary does not take that one for lost on the
 * relay's word alone: such a record comes from the heir too, over a link that is held against a known key. Only the relay
 * knows for how long a primary has been away, and who has accepted what was offered: a keeper puts nobody else in charge
 * (TS5). To whom the keeper's place has passed is the relay's word too, which gives it no new power: the keeper signs
 * whomever it names.
 */
export async function checkControls(
  state: SessionState,
  known: KnownKeys,
  controls: readonly Control[],
  bearer: Bearer = { is: 'relay' },
): Promise<Control[]> {
  const { id, you, offer: { acceptor } = {} } = state.roster;
  const named = new Map([[you, known.signer.signingKey]]);
  const keyOf = (who: string) =>
    named.get(who) ??
    known.links.get(who)?.them?.signingKey ??
    known.kept[who] ??
    state.followed.findLast(({ to }) => to === who)?.key ??
    state.introductions[who]?.signingKey;
  const isLost = (primary: string): boolean => {
    if (bearer.is === 'link') return bearer.peer === primary; // who gives in
    const isLinked = primary !== you && participant(state, primary) && known.links.get(primary)?.state === 'live';
    return bearer.is === 'either' || bearer.is === 'instead' || !isLinked;
  };
  /** Whom the primary has introduced, or who has proven themselves; to the primary, whoever is linked. */
  const isKnown = (who: string, key: string) => {
    const link = known.links.get(who);
    const proven = state.primary === you || link?.assurance === 'proven';
    return state.introductions[who]?.signingKey === key || (proven && link?.them?.signingKey === key);
  };
  /** Whether a record whose signer's key this page has never had is taken on who says so. */
  const isTaken = ({ why, to, key }: Control, primary: string | undefined): boolean => {
    if (bearer.is === 'instead') return false;
    if (bearer.is === 'link') return primary !== undefined && isLost(primary);
    const isNew = why !== 'primary lost' || primary === undefined || keyOf(primary) === undefined;
    return isNew || bearer.is === 'either' || (bearer.is === 'both' && bearer.peer === to && isKnown(to, key));
  };
  const held: Control[] = [];
  let { epoch, primary, keeper } = state;
  for (const control of controls) {
    if (control.epoch <= epoch) continue;
    const { by, to, key } = control;
    const now = { primary, keeper, isLost: primary !== undefined && isLost(primary) };
    const may = maySign(control, now, (who) => roleOf(state, who));
    const isNamed = control.why !== 'accepted' || bearer.is !== 'link' || (acceptor === to && keeperIn(state) === by);
    const theirs = keyOf(by);
    const signed = theirs
      ? await known.signer.verify(theirs, controlBytes(id, control), control.signature)
      : isTaken(control, primary);
    if (control.epoch !== epoch + 1 || !may || !isNamed || !signed || (keyOf(to) ?? key) !== key) break;
    held.push(control);
    ({ epoch, primary, keeper } = chargeBy(control));
    named.set(to, key);
  }
  return held;
}

/**
 * Who may sign what: the primary hands over to an agent, or gives the session into the keeping of a customer (TS4); this
 * one, or another customer to whom that place has passed, puts an agent in charge, as any customer does whose page has
 * lost the primary too (EN3). Who has kept it may be out by now.
 */
function maySign(
  { why, by, to }: Control,
  now: { primary: string | undefined; keeper: string | undefined; isLost: boolean },
  roleOf: (who: string) => Role | undefined,
): boolean {
  const wasCustomer = (who: string) => (roleOf(who) ?? 'customer') === 'customer';
  if (why === 'offered') return by === now.primary && wasCustomer(to);
  if (roleOf(to) === 'customer') return false;
  switch (why) {
    case 'handed over':
      return by === now.primary && to !== by;
    case 'accepted':
      return now.keeper !== undefined && wasCustomer(by);
    case 'primary lost':
      return roleOf(by) === 'customer' && now.isLost;
  }
}
