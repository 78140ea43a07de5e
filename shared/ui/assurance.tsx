import type { T } from '../locales/messages.ts';
import type { ParticipantView } from '../session/view.ts';
import { Chip } from './chip.tsx';
import { useT } from './i18n.ts';
import { Icon } from './icon.tsx';

/** How sure it is that nobody stands in between (SE1), in a word. */
export function AssuranceChip({ participant }: { participant: ParticipantView }) {
  const t = useT();
  switch (participant.assurance) {
    case 'proven':
      return (
        <Chip tone="on">
          <Icon name="shield" size={13} />
          {t('assurance.proven')}
        </Chip>
      );
    case 'not compared':
      return (
        <Chip tone="warn">
          <Icon name="shield alert" size={13} />
          {t('assurance.notCompared')}
        </Chip>
      );
    case 'mismatch':
      return (
        <Chip tone="stop">
          <Icon name="shield alert" size={13} />
          {t('assurance.mismatch')}
        </Chip>
      );
    case 'pending':
      return null;
  }
}

/** What that word means, and what to do. */
export function assuranceWhy(t: T, participant: ParticipantView): string {
  switch (participant.assurance) {
    case 'proven':
      return t('assurance.provenWhy');
    case 'not compared':
      return t('assurance.notComparedWhy');
    case 'mismatch':
      return t('assurance.mismatchWhy');
    case 'pending':
      return '';
  }
}
