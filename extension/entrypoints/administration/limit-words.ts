import type { Key } from '../../../shared/locales/messages.ts';
import type { LimitName } from '../../../shared/protocol/administration-api.ts';

export const LIMIT_WORDS: Record<LimitName, Key> = {
  codeLife: 'limit.codeLife',
  codeTries: 'limit.codeTries',
  tokenUnused: 'limit.tokenUnused',
  unjoinedLife: 'limit.unjoinedLife',
  idleLife: 'limit.idleLife',
  reloadGrace: 'limit.reloadGrace',
  knocksWaiting: 'limit.knocksWaiting',
  knockLife: 'limit.knockLife',
  participants: 'limit.participants',
  customersAtOnce: 'limit.customersAtOnce',
  primaryLost: 'limit.primaryLost',
  awayEnds: 'limit.awayEnds',
  offerLife: 'limit.offerLife',
  ticketLife: 'limit.ticketLife',
  agentKeeps: 'limit.agentKeeps',
  attemptsPerAddress: 'limit.attemptsPerAddress',
  attemptsInAll: 'limit.attemptsInAll',
  attemptsWindow: 'limit.attemptsWindow',
  seatsPerAddress: 'limit.seatsPerAddress',
  offersPerAgent: 'limit.offersPerAgent',
  mailPerAgentHour: 'limit.mailPerAgentHour',
  mailPerRecipientHour: 'limit.mailPerRecipientHour',
  mailPerSiteDay: 'limit.mailPerSiteDay',
  chatWait: 'limit.chatWait',
  consentWait: 'limit.consentWait',
  fileBytes: 'limit.fileBytes',
};

/** As the screen shows them; one that is in none would not be shown. */
export const LIMIT_GROUPS: readonly { title: Key; limits: readonly LimitName[] }[] = [
  { title: 'admin.group.people', limits: ['customersAtOnce', 'participants', 'knocksWaiting'] },
  {
    title: 'admin.group.sessions',
    limits: ['knockLife', 'offerLife', 'primaryLost', 'awayEnds', 'unjoinedLife', 'idleLife', 'reloadGrace'],
  },
  { title: 'admin.group.activities', limits: ['fileBytes', 'consentWait', 'chatWait', 'agentKeeps'] },
  { title: 'admin.group.mail', limits: ['mailPerAgentHour', 'mailPerRecipientHour', 'mailPerSiteDay'] },
  { title: 'admin.group.signIn', limits: ['codeLife', 'codeTries', 'tokenUnused', 'ticketLife'] },
  {
    title: 'admin.group.attempts',
    limits: ['attemptsPerAddress', 'attemptsInAll', 'attemptsWindow', 'seatsPerAddress', 'offersPerAgent'],
  },
];

const COUNTS: ReadonlySet<LimitName> = new Set([
  ...(['codeTries', 'knocksWaiting', 'participants', 'customersAtOnce', 'attemptsPerAddress'] as const),
  ...([
    'attemptsInAll',
    'seatsPerAddress',
    'offersPerAgent',
    'mailPerAgentHour',
    'mailPerRecipientHour',
    'mailPerSiteDay',
  ] as const),
]);

/** How a limit is typed: in which unit, of how much of the relay's. */
export function unitOf(limit: LimitName): { unit: Key | undefined; size: number } {
  if (limit === 'fileBytes') return { unit: 'admin.megabytes', size: 1024 ** 2 };
  return { unit: COUNTS.has(limit) ? undefined : 'admin.seconds', size: 1 };
}
