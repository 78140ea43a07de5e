import {
  type Administering,
  type AdministrationProps,
  AdministrationView,
  type Section,
} from '../../../extension/entrypoints/administration/administration-view.tsx';
import { AgentDialog } from '../../../extension/entrypoints/administration/agent-dialog.tsx';
import type { AgentEntry, AuditEntry, Overview } from '../../../shared/protocol/administration-api.ts';
import { LIMIT_PAIRS, Limits } from '../../../shared/protocol/limits.ts';
import { z } from '../../../shared/protocol/schema.ts';
import type { Answer } from '../../../shared/session/answer.ts';
import { ANN, id } from './fixtures.ts';
import { Live } from './live.tsx';
import type { GalleryEntry } from './pages.tsx';
import { told } from './told.ts';

const NOW = Date.now();
const DAY = 86_400_000;
const LONG = 'Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck';

const agent = (name: string, change: Partial<AgentEntry> = {}): AgentEntry => ({
  ...{ id: id(name), name, email: `${name.split(' ')[0]?.toLowerCase()}@support.example.org` },
  ...{ administers: false, browsers: 0 },
  ...change,
});
const given = {
  ...{ limits: z.parse(Limits, {}), deskName: 'Hulplijn' },
  languages: ['en' as const, 'nl' as const],
  modes: ['multi' as const, 'single' as const],
  ...{ offerLapsed: 'back' as const, offerMissed: 'away' as const },
};
const LISTED = agent(LONG, { email: `${'wilhelmina'.repeat(8)}@support.example.org` });
const OVERVIEW: Overview = {
  agents: [
    agent(ANN.name, { administers: true, browsers: 2, usedAt: NOW - DAY }),
    agent('Bob 🙂 Bakker', { modes: ['single'], customers: 3, browsers: 1, usedAt: NOW - 40 * DAY }),
    LISTED,
    agent('مريم الزهراء', { email: 'maryam@support.example.org' }),
  ],
  queues: [
    { id: id('first'), name: { en: 'Printers', nl: 'Printers en scanners' }, members: [id(ANN.name), id(LONG)] },
    { id: id('second'), name: { en: LONG, nl: LONG }, members: [id(LONG)] },
    { id: id('third'), name: { en: '<b>VPN</b>', nl: 'طابعة' }, members: [id(LONG)] },
  ],
  settings: { ...given, deskName: 'Acme Support', limits: { ...given.limits, customersAtOnce: 3 } },
  given,
  reports: [
    { id: id('one'), at: NOW - DAY, agent: LONG },
    { id: id('two'), at: NOW - 3 * DAY, agent: 'Bob 🙂 Bakker' },
  ],
  site: 'https://support.example.org',
};

const entry = (what: AuditEntry['what'], about: string, change: Partial<AuditEntry>): AuditEntry => ({
  ...{ id: id(what), at: NOW - DAY, who: 'Ann de Vries <ann@support.example.org>', what, about, before: {}, after: {} },
  ...change,
});
const LOG: AuditEntry[] = [
  entry('settings changed', '', {
    before: { customersAtOnce: 8, languages: ['en', 'nl'] },
    after: { customersAtOnce: 3, languages: ['nl'] },
  }),
  entry('queue changed', 'Printers', { before: { members: [] }, after: { members: ['ann@support.example.org'] } }),
  entry('agent added', `${'wilhelmina'.repeat(8)}@support.example.org`, {
    who: 'command line',
    after: { name: LONG, administers: false },
  }),
];

const ok = async () => ({ ok: true }) as const;
const here = <Value,>(value: Value) => ({ is: 'here', value }) as const;

const relaying = (answer: () => Promise<Answer>): Administering => ({
  change: (what, body) => {
    told({ what, ...body });
    return answer();
  },
  health: async () =>
    here({
      ...{ version: '0.1.0', startedAt: NOW - 3 * DAY, now: NOW, store: true, sessions: 12, streams: 31 },
      ...{ mail: 'unreachable' as const, turn: false },
    }),
  testMail: async () =>
    here({
      to: 'ann@support.example.org',
      result: 'no answer' as const,
      said: 'connect ECONNREFUSED 192.0.2.4:25',
    }),
  log: async () => here({ entries: LOG, more: true }),
  download: ok,
});

function administration(
  section: Section,
  change: Partial<AdministrationProps> = {},
  answer: () => Promise<Answer> = ok,
): GalleryEntry {
  const props: Omit<AdministrationProps, 'section' | 'onSection'> = {
    me: 'ann@support.example.org',
    desk: 'Acme Support',
    overview: here(OVERVIEW),
    relay: relaying(answer),
    onAgain: () => undefined,
    ...change,
  };
  return {
    view: () => (
      <Live initial={section}>
        {(shown, onShown) => <AdministrationView {...props} section={shown} onSection={onShown} />}
      </Live>
    ),
    style: () => import('../../../extension/entrypoints/administration/administration.css'),
    widths: [1000, 360],
  };
}

/** The administration screen, section by section. */
export const ADMINISTRATION: Record<string, GalleryEntry> = {
  'administration-agents': administration('agents'),
  'administration-agent': {
    view: () => (
      <main>
        <h1>Acme Support</h1>
        <AgentDialog agent={LISTED} queues={OVERVIEW.queues} relay={relaying(ok)} onClose={() => undefined} />
      </main>
    ),
    style: () => import('../../../extension/entrypoints/administration/administration.css'),
    widths: [1000, 360],
  },
  'administration-queues': administration('queues'),
  'administration-limits': administration('limits'),
  'administration-desk': administration('desk'),
  'administration-mail': administration('mail'),
  'administration-reports': administration('reports'),
  'administration-health': administration('health'),
  'administration-log': administration('log'),
  'administration-contradiction': administration('limits', {}, async () => ({
    ...{ ok: false as const, error: 'limits-contradict' as const },
    pairs: LIMIT_PAIRS.filter(({ lower }) => lower === 'primaryLost' || lower === 'reloadGrace'),
  })),
  'administration-right-gone': administration('desk', {}, async () => ({ ok: false, error: 'forbidden' })),
  'administration-forbidden': administration('agents', { overview: { is: 'refused', error: 'forbidden' } }),
};
