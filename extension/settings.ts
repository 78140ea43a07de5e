import { ParticipantId } from '../shared/protocol/ids.ts';
import { Agent, type Language, Mode, Token } from '../shared/protocol/relay-api.ts';
import { z } from '../shared/protocol/schema.ts';
import { browser } from './browser.ts';

/** Who is signed in, at which desk: all of it or nothing. */
const SignIn = z.object({
  relay: z.string(), // address without a trailing slash
  desk: z.string(), // its name
  token: Token,
  device: ParticipantId,
  agent: Agent,
});
export type SignIn = z.infer<typeof SignIn>;

/** Where the bar stands, as shares (0–1) of the room it may move in: it keeps its edge in a window of another size. */
export const BarPlace = z.object({
  x: z.number().check(z.gte(0), z.lte(1)),
  y: z.number().check(z.gte(0), z.lte(1)),
});
export type BarPlace = z.infer<typeof BarPlace>;

const LanguageChoice = z.enum(['browser', 'en', 'nl']);
export type LanguageChoice = z.infer<typeof LanguageChoice>;

/** One key of storage.local each; what does not parse (an older version's, a damaged one) counts as not set. */
const SETTINGS = z.object({
  signIn: z.catch(z.optional(SignIn), undefined),
  lastRelay: z.catch(z.string(), ''), // what was typed as the site's address, kept over a sign-out
  language: z.catch(LanguageChoice, 'browser'),
  email: z.catch(z.boolean(), true), // the checkbox beside Start session, as last left (ST2)
  mode: z.catch(z.optional(Mode), undefined), // the mode last started
  entry: z.catch(z.string(), ''), // a number not yet sent off: still there when the popup opens again
  barPlace: z.catch(BarPlace, { x: 0.5, y: 0.02 }),
  barCollapsed: z.catch(z.boolean(), false),
  sound: z.catch(z.boolean(), true), // when somebody arrives or writes while the dashboard is hidden (PA4)
  notify: z.catch(z.boolean(), false), // the same by a notification, once the browser has let
});
export type Settings = z.infer<typeof SETTINGS>;

/** The language shown: the agent's choice, or the browser's where there is one of ours. */
export function languageOf(settings: Settings): Language {
  if (settings.language !== 'browser') return settings.language;
  return navigator.language.toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

export async function readSettings(): Promise<Settings> {
  return z.parse(SETTINGS, await browser.storage.local.get(null));
}

/** Writes the keys given; `undefined` forgets one. */
export async function writeSettings(change: { [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<void> {
  const gone = Object.entries(change).flatMap(([key, value]) => (value === undefined ? [key] : []));
  if (gone.length > 0) await browser.storage.local.remove(gone);
  await browser.storage.local.set(
    Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  );
}

/** Tells of every change, whichever page made it. Returns the undo. */
export function watchSettings(changed: (settings: Settings) => void): () => void {
  const listener = (_changes: unknown, area: string): void => {
    if (area === 'local') void readSettings().then(changed);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

/** Content scripts share a process with web pages: the token is none of their business (Chromium; Firefox has no such switch). */
export function keepSettingsToOurselves(): void {
  const area: object = browser.storage.local;
  if (!('setAccessLevel' in area) || typeof area.setAccessLevel !== 'function') return;
  void area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
}
