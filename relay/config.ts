import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import {
  contradictions,
  LIMIT_RANGES,
  type LimitPair,
  Limits,
  OfferLapsed,
  OfferMissed,
  type SiteLimits,
} from '../shared/protocol/limits.ts';
import { EmailAddress, Language, Mode } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';

/** The whole configuration comes from the environment. All that is wrong with it is found at once. */

const text = (fallback: string) => z._default(z.string(), fallback);
const said = <S extends z.ZodMiniType<string, string>>(schema: S, ok: (value: string) => boolean, sentence: string) =>
  schema.check(z.refine(ok, sentence));
const list = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function isUrl(value: string, ...protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isPublicUrl(value: string): boolean {
  if (!isUrl(value, 'https:', 'http:')) return false;
  const { protocol, hostname, pathname, search, hash, username } = new URL(value);
  if (pathname !== '/' || search || hash || username) return false;
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Whether the site at that address is for this machine alone. Behind a proxy every request looks as if it were. */
export function isOfThisMachine(publicUrl: string): boolean {
  return isLoopback(new URL(publicUrl).hostname.replace(/^\[|\]$/g, ''));
}

function isModes(value: string): boolean {
  const modes = list(value);
  return (
    modes.length > 0 && modes.every((mode) => z.safeParse(Mode, mode).success) && new Set(modes).size === modes.length
  );
}

const isRange = (value: string) => ipaddr.isValidCIDR(value) || ipaddr.isValid(value);
const urls = (name: string, ...protocols: string[]) =>
  z.pipe(
    said(
      z.string(),
      (value) => list(value).every((url) => protocols.some((protocol) => url.startsWith(protocol))),
      `${name} must be addresses that begin with ${protocols.join(' or ')}, separated by commas.`,
    ),
    z.transform(list),
  );

const whole = (name: string, least: number, most: number) =>
  z.pipe(
    said(
      z.string(),
      (value) => /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `${name} must be a whole number from ${least} to ${most}.`,
    ),
    z.transform(Number),
  );

/** `mailPerAgentHour` → `MAIL_PER_AGENT_HOUR` */
export function environmentName(limit: string): string {
  return limit.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const LIMIT_NAMES = z.keyof(Limits).def.entries;
/** Seconds and counts; bytes go further. */
const MOST = 999_999_999;
const MOST_BYTES = 2 ** 40;
const limitShape = Object.fromEntries(
  Object.keys(LIMIT_NAMES).map((limit) => {
    const name = environmentName(limit);
    const least = limit === 'mailPerSiteDay' ? LIMIT_RANGES.mailPerSiteDay[0] : 1;
    return [name, z.optional(whole(name, least, limit.endsWith('Bytes') ? MOST_BYTES : MOST))];
  }),
);

const Environment = z.object({
  PORT: z._default(whole('PORT', 0, 65_535), 8080),
  HOST: text('127.0.0.1'),
  DATA_DIR: z.pipe(
    text('.data'),
    z.transform((path: string) => resolve(path)),
  ),
  PUBLIC_URL: z.optional(
    said(
      z.string(),
      isPublicUrl,
      'PUBLIC_URL must be the address of the site without a path, with https (http on localhost only).',
    ),
  ),
  DESK_NAME: z._default(
    said(z.string(), (value) => value.length <= 80, 'DESK_NAME must have at most 80 characters.'),
    'Hulplijn',
  ),
  LANGUAGE: z._default(z.enum(Language.options, 'LANGUAGE must be en or nl.'), 'en'),
  MODES: z.pipe(
    z._default(said(z.string(), isModes, 'MODES must be multi, single, or both separated by a comma.'), 'multi,single'),
    z.transform((value: string) => z.parse(z.array(Mode), list(value))),
  ),
  STUN_URLS: z._default(urls('STUN_URLS', 'stun:', 'stuns:'), []),
  TURN_URLS: z._default(urls('TURN_URLS', 'turn:', 'turns:'), []),
  TURN_SECRET: z.optional(z.string()),
  SMTP_URL: z.optional(
    said(z.string(), (value) => isUrl(value, 'smtp:', 'smtps:'), 'SMTP_URL must begin with smtp:// or smtps://.'),
  ),
  MAIL_FROM: z.optional(
    said(z.string(), (value) => z.safeParse(EmailAddress, value).success, 'MAIL_FROM must be one e-mail address.'),
  ),
  TRUSTED_PROXIES: z._default(
    z.pipe(
      said(
        z.string(),
        (value) => list(value).every(isRange),
        'TRUSTED_PROXIES must be addresses or ranges (10.0.0.0/8), separated by commas.',
      ),
      z.transform(list),
    ),
    [],
  ),
  DEMO: z._default(z.enum(['0', '1'], 'DEMO must be 1 or 0.'), '0'),
  LOG_LEVEL: z._default(
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'LOG_LEVEL must be fatal, error, warn, info, debug or silent.',
    ),
    'info',
  ),
  BLOCKED_FILE_TYPES: z._default(
    z.pipe(
      said(
        z.string(),
        (value) => list(value).every((ending) => /^[^.\s/\\]{1,20}$/.test(ending)),
        'BLOCKED_FILE_TYPES must be endings without the dot (exe), separated by commas.',
      ),
      z.transform((value: string) => list(value).map((ending) => ending.toLowerCase())),
    ),
    [],
  ),
  OFFER_LAPSED: z._default(z.enum(OfferLapsed.options, 'OFFER_LAPSED must be back, queue or end.'), 'back'),
  OFFER_MISSED: z._default(z.enum(OfferMissed.options, 'OFFER_MISSED must be away or stay.'), 'away'),
  ...limitShape,
});

/** All variables that are read; the README's table has a row for each (a test keeps it so). */
export const VARIABLES = Object.keys(Environment.shape);

export interface Config {
  port: number; // 0: a free one
  host: string;
  dataDir: string; // absolute
  /** Without a trailing slash; `undefined` until the relay knows its port. */
  publicUrl: string | undefined;
  deskName: string;
  /** Of the site; the first where a browser has none of them. */
  languages: Language[];
  modes: Mode[];
  stunUrls: string[];
  turn: { urls: string[]; secret: string } | undefined;
  smtp: { url: string; from: string } | undefined;
  trustedProxies: string[];
  demo: boolean;
  logLevel: string;
  limits: SiteLimits;
}

/** Sentences that say what is wrong, or the configuration. An empty variable is as good as none. */
export function readConfig(
  environment: Record<string, string | undefined>,
): { config: Config } | { findings: string[] } {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = z.safeParse(Environment, set);
  const issues = read.error?.issues ?? [];
  const limits = z.parse(Limits, Object.fromEntries(Object.keys(LIMIT_NAMES).flatMap((name) => limitIn(set, name))));
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const pairs = contradictions(limits).filter(
    ({ lower, upper }) => ![lower, upper].some((name) => wrong.has(environmentName(name))),
  );
  const findings = [...issues.map(({ message }) => message), ...pairs.map(pairFinding), ...together(set)];
  if (!read.success || findings.length > 0) return { findings };
  const env = read.data;
  return {
    config: {
      port: env.PORT,
      host: env.HOST,
      dataDir: env.DATA_DIR,
      publicUrl: env.PUBLIC_URL && new URL(env.PUBLIC_URL).origin,
      deskName: env.DESK_NAME,
      languages: [env.LANGUAGE, ...Language.options.filter((one) => one !== env.LANGUAGE)],
      modes: env.MODES,
      stunUrls: env.STUN_URLS,
      turn: env.TURN_SECRET ? { urls: env.TURN_URLS, secret: env.TURN_SECRET } : undefined,
      smtp: env.SMTP_URL && env.MAIL_FROM ? { url: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
      trustedProxies: env.TRUSTED_PROXIES,
      demo: env.DEMO === '1',
      logLevel: env.LOG_LEVEL,
      limits: {
        ...limits,
        blockedFileTypes: env.BLOCKED_FILE_TYPES,
        offerLapsed: env.OFFER_LAPSED,
        offerMissed: env.OFFER_MISSED,
      },
    },
  };
}

function pairFinding({ lower, upper, below }: LimitPair): string {
  return `${environmentName(lower)} must be ${below ? 'less than' : 'at most'} ${environmentName(upper)}.`;
}

function limitIn(set: Record<string, string | undefined>, limit: string): [string, number][] {
  const value = set[environmentName(limit)];
  return value !== undefined && /^\d{1,15}$/.test(value) && Number(value) >= 1 ? [[limit, Number(value)]] : [];
}

/** What each is right by itself and wrong together. */
function together(set: Record<string, string | undefined>): string[] {
  const findings: string[] = [];
  const loopback = isLoopback(set.HOST ?? '127.0.0.1');
  if (set.SMTP_URL && !set.MAIL_FROM) findings.push('MAIL_FROM is needed with SMTP_URL: who the mails come from.');
  if (set.TURN_URLS && !set.TURN_SECRET) findings.push('TURN_SECRET is needed with TURN_URLS.');
  if (set.TURN_SECRET && !set.TURN_URLS) findings.push('TURN_URLS is needed with TURN_SECRET.');
  if (!loopback && !set.PUBLIC_URL) {
    findings.push('PUBLIC_URL is needed when HOST is not this machine alone: the address that goes into links.');
  }
  const alone = !set.PUBLIC_URL || !isPublicUrl(set.PUBLIC_URL) || isOfThisMachine(set.PUBLIC_URL);
  if (set.DEMO === '1' && !(loopback && alone)) {
    findings.push('DEMO=1 is refused unless HOST and PUBLIC_URL are of this machine alone (127.0.0.1).');
  }
  if (set.DEMO !== '1' && !alone && !set.SMTP_URL) {
    findings.push('SMTP_URL is needed when PUBLIC_URL is not of this machine alone: nobody could read the mails.');
  }
  if (set.DEMO === '1' && set.SMTP_URL) findings.push('DEMO=1 is refused together with SMTP_URL.');
  return findings;
}

/** sysexits.h: something is wrong with the configuration. */
export const EX_CONFIG = 78;

export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
