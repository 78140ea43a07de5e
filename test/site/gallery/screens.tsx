import type { ComponentChild } from 'preact';
import { EndedPage } from '../../../relay/site/ended-page.tsx';
import { InsecurePage, NoConnectionPage } from '../../../relay/site/insecure.tsx';
import { InvitationPage } from '../../../relay/site/invitation-page.tsx';
import { ElsewherePage, OverPage, RefusedPage, ReportedPage, StartingPage } from '../../../relay/site/notes.tsx';
import { NumberPage } from '../../../relay/site/number-page.tsx';
import { ReceivedFiles } from '../../../relay/site/received-files.tsx';
import { SessionPage } from '../../../relay/site/session-page.tsx';
import { Header } from '../../../relay/site/shell.tsx';
import { SupportPage } from '../../../relay/site/support-page.tsx';
import type { Joining, Reporting } from '../../../relay/site/visit.ts';
import { WaitingPage } from '../../../relay/site/waiting-page.tsx';
import type { Invitation } from '../../../shared/protocol/relay-api.ts';
import type { ParticipantView, SessionView } from '../../../shared/session/view.ts';
import { FilesPanel } from '../../../shared/ui/files-panel.tsx';
import { ScreenAsk } from '../../../shared/ui/screen-ask.tsx';
import { ScreenMine } from '../../../shared/ui/screen-mine.tsx';
import { NOTHING_ON } from '../../support/activities.ts';
import { FILE_PARTS, FILES_ON } from '../../support/file-samples.ts';
import { HELPER, sample } from './sample.ts';

const desk = 'Acme Support';
const computer = { secure: true, webrtc: true, sharesScreen: true };
const phone = { ...computer, sharesScreen: false };
const nothing = () => undefined;

function within(page: ComponentChild, here: 'join' | 'support' = 'join') {
  return (
    <>
      <Header desk={desk} here={here} onLanguage={nothing} />
      {page}
    </>
  );
}

function number(typed: string, joining: Joining, name = '') {
  const form = { number: typed, name, onNumber: nothing, onName: nothing, onJoin: nothing, onLink: nothing };
  return within(<NumberPage {...form} desk={desk} device={computer} joining={joining} />);
}

function invitation(about: Partial<Invitation>, joining: Joining, reporting: Reporting = { is: 'no' }) {
  const whole: Invitation = { desk, agent: 'Ann de Vries', guest: 'customer', state: 'fresh', others: false, ...about };
  const form = { name: 'Mia', onName: nothing, onJoin: nothing, onReporting: nothing, onReport: nothing };
  return within(<InvitationPage {...form} invitation={whole} device={phone} joining={joining} reporting={reporting} />);
}

function session(about: Partial<SessionView> = {}, helper: Partial<ParticipantView> = {}) {
  const send = async () => ({ ok: true as const });
  return <SessionPage media={undefined} session={sample(about, helper)} desk={desk} send={send} onLanguage={nothing} />;
}

type Stage = SessionView['activities']['compare']['pairs'][number]['stage'];
function compare(stage: Stage, code: string | null = null): SessionView['activities'] {
  const pair = { with: HELPER, id: 'f'.repeat(32), first: false, stage, code };
  return { ...NOTHING_ON, compare: { pairs: [pair], reminded: [] } };
}
const comparing = (stage: Stage, code: string | null = null) =>
  session({ activities: compare(stage, code) }, { assurance: 'not compared' });

function asked(canShare: boolean) {
  const seers = [
    { name: 'Ann de Vries', customer: false },
    { name: 'Piet', customer: true },
  ];
  const question = { id: '1', name: 'Ann de Vries', until: Date.now() + 27_000 };
  return (
    <>
      {session()}
      <ScreenAsk asked={question} seers={seers} canShare={canShare} onShow={async () => true} onNo={nothing} />
    </>
  );
}

function files() {
  const about = sample({ activities: FILES_ON }, {});
  return <FilesPanel session={about} parts={FILE_PARTS} send={async () => ({ ok: true })} />;
}

function sharing() {
  const mine = { id: '1', since: 0, surface: 'window' as const, motion: false };
  const [ann, bob] = [
    { id: '1', name: 'Ann de Vries' },
    { id: '3', name: 'محمد' },
  ];
  return (
    <ScreenMine
      mine={{ ...mine, seers: [ann], newcomers: [bob] }}
      onStop={nothing}
      onChoose={nothing}
      onNewcomer={nothing}
    />
  );
}

function recorded(is: 'on' | 'paused' | 'asked', asked: number | null = null) {
  const waits = is === 'on' ? [] : [{ name: 'Mia', until: asked }];
  const now = { id: 'r', by: 'Ann de Vries', mine: false, is, asked, waits };
  return session({ activities: { ...NOTHING_ON, recording: { mayRecord: false, now, last: null } } });
}

/** It waits for another agent: nobody is in charge, nor helped, though another customer was. */
function offered(about: Partial<NonNullable<SessionView['offered']>>) {
  const all = { since: Date.now() - 75_000, place: 2, nobody: false, keeper: true, name: undefined };
  const { participants } = sample({}, { role: 'assistant' });
  const noor = participants.flatMap((one) =>
    one.role === 'customer' ? [{ ...one, id: 'f'.repeat(32), name: 'Noor' }] : [],
  );
  return session({
    offered: { ...all, acceptor: undefined, ...about },
    participants: [...participants, ...noor],
    helped: noor[0]?.id,
  });
}

const ACCEPTED = {
  kind: 'event' as const,
  id: 'accepted',
  at: Date.now(),
  what: 'accepted' as const,
  name: 'Mia',
  to: 'Ann de Vries',
};

const AWAY = { since: Date.now() - 120_000, lostAt: Date.now() - 60_000 };

function takeover() {
  const asked = { id: 'f'.repeat(32), name: 'محمد', primary: 'Ann de Vries', until: Date.now() + 27_000 };
  return session(
    { primaryAway: AWAY, activities: { ...NOTHING_ON, takeover: { asked, mine: null } } },
    { state: 'away', link: { is: 'lost', since: 0 } },
  );
}

const NOT_YET: Joining = { is: 'not yet' };
const refused = (code: Extract<Joining, { is: 'refused' }>['code']): Joining => ({
  is: 'refused',
  code,
  retryAfter: undefined,
});
const trouble = { code: 'relay-unreachable' as const, since: 0 };
const RECEIVED = [
  { name: 'printer-driver-setup-x64-2026-11-final-version.tar.gz', size: 48_211_902 },
  { name: 'uitleg.pdf', size: 81_020 },
].map((one, at) => ({ ...one, id: String(at), file: new Blob() }));
const ended = { why: 'ended' as const, by: 'Ann de Vries', at: 0 };

/** Every screen of the site, by name. */
export const screens: Record<string, () => ComponentChild> = {
  number: () => number('', NOT_YET),
  'number-mistyped': () => number('123 456 7890', NOT_YET),
  'number-refused': () => number('572 489 0132', refused('bad-number'), 'Mia'),
  'number-busy': () => number('572 489 0132', refused('busy'), 'Mia'),
  'number-trouble': () => number('572 489 0132', { is: 'sending', trouble }, 'Mia'),
  invitation: () => invitation({}, NOT_YET),
  'invitation-used-others': () => invitation({ state: 'used', others: true }, NOT_YET),
  'invitation-long-name': () =>
    invitation({ agent: 'Wilhelmina Antoinette van der Westhuizen-Oudekerk de Groot' }, NOT_YET),
  'invitation-waits': () => invitation({ agent: undefined }, refused('no-agent-yet')),
  'invitation-report': () => invitation({}, NOT_YET, { is: 'asking' }),
  reported: () => within(<ReportedPage />),
  over: () => within(<OverPage why="invitation over" />),
  'bad-link': () => within(<OverPage why="bad link" />),
  starting: () => within(<StartingPage trouble={trouble} />),
  waiting: () => within(<WaitingPage desk={desk} since={Date.now() - 75_000} trouble={undefined} onLeave={nothing} />),
  refused: () => within(<RefusedPage onAgain={nothing} />),
  elsewhere: () => within(<ElsewherePage asking={false} onUseHere={nothing} />),
  ended: () => within(<EndedPage ended={ended} desk={desk} />),
  'ended-files': () => within(<EndedPage ended={ended} desk={desk} received={<ReceivedFiles files={RECEIVED} />} />),
  'ended-said-no': () => within(<EndedPage ended={{ ...ended, why: 'said no', by: 'محمد' }} desk={desk} />),
  'ended-signed-out': () => within(<EndedPage ended={{ ...ended, why: 'signed out' }} desk={desk} />),
  insecure: () => within(<InsecurePage safe="https://help.example/" />),
  'no-webrtc': () => within(<NoConnectionPage />),
  support: () => within(<SupportPage link={undefined} />, 'support'),
  'support-invited': () =>
    within(
      <SupportPage link={`https://help.example/j/${'0123456789abcdef'.repeat(2)}#${'k'.repeat(43)}`} />,
      'support',
    ),
  session: () => session(),
  'session-empty': () => session({ chat: { items: [], unread: 0, draft: '', to: [] } }, { link: { is: 'connecting' } }),
  'session-not-compared': () => session({}, { assurance: 'not compared' }),
  'session-compare': () => comparing('shown', '482913'),
  'session-compare-again': () => comparing('again'),
  'session-compare-waiting': () => comparing('waiting', '482913'),
  'session-compared': () => session({ activities: compare('compared') }),
  'session-differs': () => session({ activities: compare('differs') }, { assurance: 'mismatch', link: { is: 'none' } }),
  'session-lost': () => session({}, { link: { is: 'lost', since: 0 } }),
  'session-mismatch': () => session({}, { assurance: 'mismatch' }),
  'session-asked': () => asked(true),
  'session-asked-phone': () => asked(false),
  'session-sharing': () => (
    <main>
      <h1>{desk}</h1>
      {sharing()}
    </main>
  ),
  'session-files': () => (
    <main>
      <h1>{desk}</h1>
      {files()}
    </main>
  ),
  'session-recording': () => recorded('on'),
  'session-recording-paused': () => recorded('paused'),
  'session-recording-asked': () => recorded('asked', Date.now() + 27_000),
  'session-offered': () => offered({}),
  'session-offered-next': () => offered({ place: 1 }),
  'session-offered-accepted': () => offered({ acceptor: 'Bob' }),
  'session-offered-nobody': () => offered({ place: undefined, nobody: true }),
  'session-accepted': () => session({ chat: { ...sample({}, {}).chat, items: [ACCEPTED] } }),
  'session-takeover': takeover,
  'session-away': () => session({ primaryAway: AWAY }, { state: 'away', link: { is: 'lost', since: 0 } }),
};
