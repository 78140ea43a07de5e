import { type Facts, pageOf, person } from './activity.ts';
import type { OffWhy } from './off-why.ts';

/**
 * The life of whatever needs somebody's OK (SH2), written once: `off → asked → on → off{why}`. Consent is the one's who
 * is asked, on the page load on which it was given, and it is over by itself when that page or that person goes.
 */
export interface Consent {
  id: string;
  /** Who asks, and who is asked. */
  by: string;
  of: string;
  life:
    | { is: 'asked'; until: number }
    | { is: 'on'; since: number; page: string }
    | { is: 'off'; why: OffWhy; at: number };
}

/** Asked at `at` ms; no answer in the site's time is a no. */
export function ask(id: string, by: string, of: string, facts: Facts, at: number): Consent {
  return { id, by, of, life: { is: 'asked', until: at + facts.roster.limits.consentWait * 1000 } };
}

/** Agreed to on that page load. Only what is asked can be; a yes that was under way when it lapsed counts. */
export function agree(consent: Consent, page: string, at: number): Consent {
  const { life } = consent;
  if (life.is === 'on' || (life.is === 'off' && life.why !== 'lapsed')) return consent;
  return { ...consent, life: { is: 'on', since: at, page } };
}

export function end(consent: Consent, why: OffWhy, at: number): Consent {
  return consent.life.is === 'off' ? consent : { ...consent, life: { is: 'off', why, at } };
}

/** What time and the roster say: no answer is a no, and nothing outlives the page that agreed to it. */
export function settleConsent(consent: Consent, facts: Facts, now: number): Consent {
  const { life, of, by } = consent;
  if (life.is === 'off') return consent;
  if (!isHere(facts, of) || !isHere(facts, by)) return end(consent, 'gone', now);
  if (life.is === 'asked') return life.until <= now ? end(consent, 'lapsed', life.until) : consent;
  return isOn(facts, of, life.page) ? consent : end(consent, 'reloaded', now);
}

export function isHere(facts: Facts, id: string): boolean {
  const one = person(facts, id);
  return one !== undefined && one.state !== 'gone';
}

/** Whether somebody is still on that page load, as far as anybody knows. */
export function isOn(facts: Facts, id: string, page: string | undefined): boolean {
  const now = pageOf(facts, id);
  return isHere(facts, id) && (page === undefined || now === undefined || now === page);
}

export function dueOf(consents: readonly Consent[]): number | undefined {
  const dues = consents.flatMap(({ life }) => (life.is === 'asked' ? [life.until] : []));
  return dues.length === 0 ? undefined : Math.min(...dues);
}
