import type { T } from '../../../shared/locales/messages.ts';
import { nameFault } from '../../../shared/protocol/name-fault.ts';
import { errorText, type Refusal } from '../../../shared/ui/error-text.ts';
import { LIMIT_WORDS } from './limit-words.ts';

/** The words for a refusal on this screen: of limits that contradict each other a sentence for each two, as it calls them. */
export function problemText(t: T, refusal: Refusal): string {
  if (refusal.error === 'forbidden') return t('admin.rightGone');
  if (!refusal.pairs?.length) return errorText(t, refusal);
  return refusal.pairs
    .map(({ lower, upper, below }) => {
      const names = { lower: t(LIMIT_WORDS[lower]), upper: t(LIMIT_WORDS[upper]) };
      return below ? t('admin.limitBelow', names) : t('admin.limitAtMost', names);
    })
    .join(' ');
}

/** What is wrong with a name of an agent, a queue or the desk; empty: nothing. */
export function nameProblem(t: T, typed: string): string {
  const fault = nameFault(typed);
  if (!fault) return '';
  return fault === 'signs' ? t('site.name.signs') : t('admin.nameWrong');
}

/** A whole number as people write one, `NaN` for all else (`0x10`, `1e1`, nothing). */
export function typedNumber(typed: string): number {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
}
