import { expect, test } from 'vitest';
import { environmentName, readConfig } from '../../relay/config.ts';
import { Limits } from '../../shared/protocol/limits.ts';
import { z } from '../../shared/protocol/schema.ts';

function findings(environment: Record<string, string>): string[] {
  const read = readConfig(environment);
  return 'findings' in read ? read.findings : [];
}

function config(environment: Record<string, string>) {
  const read = readConfig(environment);
  if ('findings' in read) throw new Error(read.findings.join('\n'));
  return read.config;
}

test('ST1 SE3 the limits of the rules, as they are when nothing is configured', () => {
  expect(z.parse(Limits, {})).toEqual({
    codeLife: 600,
    codeTries: 5,
    tokenUnused: 7_776_000, // ST1: 90 days
    unjoinedLife: 3600,
    idleLife: 14_400,
    reloadGrace: 10, // ST5
    knocksWaiting: 5, // JO4
    knockLife: 300, // JO4
    participants: 8, // PA1
    customersAtOnce: 8, // PA1
    primaryLost: 60, // EN3
    awayEnds: 600, // EN3
    offerLife: 120, // TS5
    ticketLife: 30,
    agentKeeps: 86_400, // RE1
    attemptsPerAddress: 10, // SE3
    attemptsInAll: 600, // SE3
    attemptsWindow: 600, // SE3
    seatsPerAddress: 120,
    offersPerAgent: 60,
    mailPerAgentHour: 30, // SE3
    mailPerRecipientHour: 5, // SE3
    mailPerSiteDay: 500, // SE3
    chatWait: 2, // SH3
    consentWait: 30, // SH2
    fileBytes: 10 * 1024 ** 3, // SH4
  });
  const more = { blockedFileTypes: [], offerLapsed: 'back', offerMissed: 'away' };
  expect(config({}).limits).toEqual({ ...z.parse(Limits, {}), ...more });
});

test('ST3 the relay as it is when nothing is configured', () => {
  expect(config({ SMTP_URL: '', DESK_NAME: '' })).toMatchObject({
    ...{ port: 8080, host: '127.0.0.1', publicUrl: undefined, deskName: 'Hulplijn', languages: ['en', 'nl'] },
    ...{ modes: ['multi', 'single'], stunUrls: [], trustedProxies: [], demo: false },
    ...{ smtp: undefined, turn: undefined },
  });
});

test('ST3 every limit is set by its name', () => {
  const set = Object.fromEntries(Object.entries(z.parse(Limits, {})).map(([name, value]) => [name, value + 1]));
  const environment = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [environmentName(name), String(value)]),
  );
  expect(environment.MAIL_PER_AGENT_HOUR).toBeDefined();
  expect(config(environment).limits).toMatchObject(set);
});

test('SH4 what files a site takes: of how many bytes, more than other limits count, and of which types none', () => {
  const { fileBytes, blockedFileTypes } = config({
    FILE_BYTES: '5368709120',
    BLOCKED_FILE_TYPES: 'exe, SCR,7z',
  }).limits;
  expect({ fileBytes, blockedFileTypes }).toEqual({ fileBytes: 5 * 1024 ** 3, blockedFileTypes: ['exe', 'scr', '7z'] });
  for (const wrong of ['.exe', 'tar.gz', 'a b']) {
    expect(findings({ BLOCKED_FILE_TYPES: wrong })).toEqual([expect.stringContaining('BLOCKED_FILE_TYPES must be')]);
  }
});

test('ST3 the rest is read', () => {
  expect(
    config({
      ...{ PORT: '0', HOST: '0.0.0.0', PUBLIC_URL: 'https://help.example.org/', MODES: 'single', LANGUAGE: 'nl' },
      ...{ STUN_URLS: 'stun:a:1, stun:b', TURN_URLS: 'turns:c', TURN_SECRET: 's', TRUSTED_PROXIES: '10.0.0.0/8,::1' },
      ...{ SMTP_URL: 'smtps://u:p@mail:465', MAIL_FROM: 'desk@example.org' },
    }),
  ).toMatchObject({
    ...{ port: 0, publicUrl: 'https://help.example.org', modes: ['single'], languages: ['nl', 'en'] },
    ...{ stunUrls: ['stun:a:1', 'stun:b'], turn: { urls: ['turns:c'], secret: 's' } },
    ...{ trustedProxies: ['10.0.0.0/8', '::1'], smtp: { url: 'smtps://u:p@mail:465', from: 'desk@example.org' } },
  });
});

test('all that is wrong is found at once, in sentences', () => {
  const found = findings({
    ...{ PORT: 'x', LANGUAGE: 'fr', MODES: 'many', PUBLIC_URL: 'http://help.example.org', STUN_URLS: 'http://a' },
    ...{ SMTP_URL: 'http://a', MAIL_FROM: 'me', TRUSTED_PROXIES: 'all', LOG_LEVEL: 'loud', KNOCK_LIFE: '-1' },
    ...{ DEMO: 'yes', TURN_URLS: 'turn:x' },
  });
  for (const name of [
    ...['PORT', 'LANGUAGE', 'MODES', 'PUBLIC_URL', 'STUN_URLS', 'SMTP_URL', 'MAIL_FROM', 'TRUSTED_PROXIES'],
    ...['LOG_LEVEL', 'KNOCK_LIFE', 'DEMO', 'TURN_SECRET'],
  ]) {
    expect(
      found.filter((sentence) => sentence.startsWith(`${name} `)),
      name,
    ).toHaveLength(1);
  }
  expect(found).toHaveLength(12);
  for (const sentence of found) expect(sentence).toMatch(/^[A-Z_]+ .*\.$/);
});

test.each([
  [{ HOST: '0.0.0.0' }, 'PUBLIC_URL is needed'],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://a', DEMO: '1' }, 'DEMO=1 is refused unless'],
  [{ PUBLIC_URL: 'https://help.example.org', DEMO: '1' }, 'DEMO=1 is refused unless'],
  [{ PUBLIC_URL: 'https://help.example.org' }, 'SMTP_URL is needed'],
  [{ DEMO: '1', SMTP_URL: 'smtp://a', MAIL_FROM: 'a@example.org' }, 'DEMO=1 is refused together'],
  [{ SMTP_URL: 'smtp://a' }, 'MAIL_FROM is needed'],
  [{ TURN_SECRET: 's' }, 'TURN_URLS is needed'],
  [{ PUBLIC_URL: 'https://a/help' }, 'PUBLIC_URL must be'],
  [{ ATTEMPTS_PER_ADDRESS: '601' }, 'ATTEMPTS_PER_ADDRESS must be at most ATTEMPTS_IN_ALL'], // SE3
  [{ PRIMARY_LOST: '601' }, 'PRIMARY_LOST must be at most AWAY_ENDS'], // EN3
  [{ IDLE_LIFE: '599' }, 'AWAY_ENDS must be at most IDLE_LIFE'], // EN3
  [{ RELOAD_GRACE: '60' }, 'RELOAD_GRACE must be less than PRIMARY_LOST'], // ST5
  [{ MAIL_PER_AGENT_HOUR: '501' }, 'MAIL_PER_AGENT_HOUR must be at most MAIL_PER_SITE_DAY'], // SE3
  [{ MAIL_PER_RECIPIENT_HOUR: '501' }, 'MAIL_PER_RECIPIENT_HOUR must be at most MAIL_PER_SITE_DAY'], // SE3
  [{ MAIL_PER_SITE_DAY: '9' }, 'MAIL_PER_SITE_DAY must be a whole number from 10'], // SE3: or nobody can sign in
])('what is wrong together: %o', (environment, sentence) => {
  const found = findings(environment);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(sentence);
});

test('SE3 EN3 all limits that contradict each other are found at once, and none where one is no number', () => {
  const away = { PRIMARY_LOST: '700', IDLE_LIFE: '500', RELOAD_GRACE: '700' };
  expect(findings(away)).toHaveLength(3);
  expect(findings({ ...away, AWAY_ENDS: 'long' })).toHaveLength(2);
  expect(findings({ ...away, AWAY_ENDS: '800', IDLE_LIFE: '800', RELOAD_GRACE: '699' })).toEqual([]);
  expect(findings({ OFFER_LIFE: '99999' })).toEqual([]); // an offer that waits is not away
});
