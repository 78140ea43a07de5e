import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkControls } from '../../shared/client/check-controls.ts';
import type { LinkStatus } from '../../shared/link/link.ts';
import type { Control } from '../../shared/protocol/control.ts';
import { openSession, primaryOf, reduce, type SessionState } from '../../shared/session/session.ts';
import { id, person, rosterOf } from '../support/activity-desk.ts';
import { giveKeys, record, signer } from '../support/signed-controls.ts';

const [ANN, BOB, CAS, MIA, PIET] = [id('a'), id('b'), id('c'), id('d'), id('f')] as const;
const AGENTS = [ANN, BOB, CAS];
const CUSTOMERS = [MIA, PIET];
const EVERYBODY = [...AGENTS, ...CUSTOMERS];
const PEOPLE = [
  person(ANN, 'primary', 'Ann'),
  person(BOB, 'assistant', 'Bob'),
  person(CAS, 'assistant', 'Cas'),
  person(MIA, 'customer', 'Mia'),
  person(PIET, 'customer', 'Piet'),
];
beforeAll(() => giveKeys(EVERYBODY));

const LINKED = (you: string) =>
  new Map(
    EVERYBODY.filter((who) => who !== you).map((who): [string, LinkStatus] => {
      const them = { signingKey: signer(who).signingKey, fingerprints: [] };
      return [who, { state: 'live', since: 0, assurance: 'proven', them }];
    }),
  );

/** What happens among honest people: each epoch one record, by who is in charge, or keeps it. */
async function honest(moves: readonly { offer: boolean; to: number }[]): Promise<Control[]> {
  const chain: Control[] = [];
  let charge: { is: 'primary' | 'keeper'; who: string } = { is: 'primary', who: ANN };
  for (const { offer, to } of moves) {
    const epoch = chain.length + 2;
    const agent = AGENTS[to % AGENTS.length] ?? ANN;
    if (charge.is === 'keeper') {
      chain.push(await record(charge.who, agent, epoch, { why: 'accepted' }));
      charge = { is: 'primary', who: agent };
    } else if (offer) {
      const keeper = CUSTOMERS[to % CUSTOMERS.length] ?? MIA;
      chain.push(await record(charge.who, keeper, epoch, { why: 'offered' }));
      charge = { is: 'keeper', who: keeper };
    } else if (agent !== charge.who) {
      chain.push(await record(charge.who, agent, epoch));
      charge = { is: 'primary', who: agent };
    }
  }
  return chain;
}

const one = fc.constantFrom(...EVERYBODY);
/** Signed by whoever likes to, with their own key or in another's name. */
const forgery = fc.record({
  why: fc.constantFrom<Control['why']>('handed over', 'primary lost', 'offered', 'accepted'),
  by: one,
  to: one,
  pen: one,
  epoch: fc.integer({ min: 2, max: 8 }),
});
const moves = fc.array(fc.record({ offer: fc.boolean(), to: fc.nat(5) }), { maxLength: 6 });
const heard = fc.array(fc.record({ until: fc.nat(6), forged: fc.option(forgery) }), { maxLength: 6 });

test('TC6 TS5 whatever is heard in whatever order and forged between, every page has the one primary, or keeper, of its epoch', async () => {
  await fc.assert(
    fc.asyncProperty(moves, fc.tuple(heard, heard, heard), async (honestly, pages) => {
      const chain = await honest(honestly);
      for (const [at, hears] of pages.entries()) {
        const you = [BOB, MIA, PIET][at] ?? MIA;
        const known = { links: LINKED(you), kept: {}, signer: signer(you) };
        let state: SessionState = openSession(rosterOf(you, PEOPLE), id('9'));
        const takes = async (controls: Control[]) => {
          const holding = await checkControls(state, known, controls);
          if (holding.length > 0) state = reduce(state, you, { v: 1, type: 'control', controls: holding }, 1);
        };
        for (const { until, forged } of hears) {
          const told = chain.slice(0, until);
          // Only what nobody honest has signed: each of them signs one record an epoch. And a primary cannot know that
          // they were not lost: where relay and a customer say so together, they are believed.
          if (forged && (forged.pen !== forged.by || !maySign(chain, forged, you)))
            await takes([...told, await record(forged.by, forged.to, forged.epoch, { why: forged.why }, forged.pen)]);
          else await takes(told);
        }
        const last = chain[state.epoch - 2];
        expect(state.epoch).toBe(1 + Math.max(0, ...hears.map(({ until }) => Math.min(until, chain.length))));
        expect(primaryOf(state)?.id).toBe(last?.why === 'offered' ? undefined : (last?.to ?? ANN));
        expect(state.keeper).toBe(last?.why === 'offered' ? last.to : undefined);
      }
    }),
    { numRuns: 200 },
  );
});

/**
 * Whether `you` believe them: they were in charge, or kept it, or any other customer does by the relay's word, when that
 * epoch began; or you were in charge, and they say you were lost.
 */
function maySign(
  chain: readonly Control[],
  { by, epoch, why }: Pick<Control, 'by' | 'epoch' | 'why'>,
  you: string,
): boolean {
  const before = epoch === 2 ? ANN : chain[epoch - 3]?.to;
  const keeps = why === 'accepted' && [before ?? ANN, by].every((one) => CUSTOMERS.includes(one));
  return by === before || keeps || (before === you && why === 'primary lost' && CUSTOMERS.includes(by));
}
