import { useId } from 'preact/hooks';
import type { Send, SessionView } from '../../shared/session/view.ts';
import { CompareCode, isComparing } from '../../shared/ui/compare-code.tsx';
import { useT } from '../../shared/ui/i18n.ts';
import { NAME_SLOT, WithName } from '../../shared/ui/person-name.tsx';
import { primaryOf } from './concern.ts';

/** The agent compares a code with this customer (SE1): the digits, large, and the one question about them. */
export function CompareQuestion({ session, send }: { session: SessionView; send: Send }) {
  const t = useT();
  const id = useId();
  const helper = primaryOf(session);
  if (!helper || !isComparing(session, helper)) return null;
  return (
    <section class="card compare" aria-labelledby={id}>
      <div role="alert">
        <h2 id={id}>
          <WithName text={t('site.compare.title', { name: NAME_SLOT })} name={helper.name} />
        </h2>
      </div>
      <CompareCode session={session} who={helper} send={send} />
    </section>
  );
}
