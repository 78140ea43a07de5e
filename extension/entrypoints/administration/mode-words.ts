import type { T } from '../../../shared/locales/messages.ts';
import { Mode } from '../../../shared/protocol/relay-api.ts';
import { z } from '../../../shared/protocol/schema.ts';

/** Modes as one choice: in their order, with commas. */
export function modeChoices(t: T): { value: string; text: string }[] {
  return [
    { value: 'multi,single', text: t('admin.both') },
    { value: 'single,multi', text: t('admin.bothSingle') },
    { value: 'multi', text: t('mode.multi') },
    { value: 'single', text: t('mode.single') },
  ];
}

export function readModes(choice: string): Mode[] {
  return choice.split(',').flatMap((one) => z.safeParse(Mode, one).data ?? []);
}
