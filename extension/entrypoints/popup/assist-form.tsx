import { useState } from 'preact/hooks';
import type { Send } from '../../../shared/session/view.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useT } from '../../../shared/ui/i18n.ts';
import { readEntry } from '../../../shared/ui/number-entry.ts';
import { NumberField } from '../../../shared/ui/number-field.tsx';
import { useAct } from '../../../shared/ui/use-act.ts';

/** Provide support ▸ Assist session (AS1). */
export function AssistForm({ entry, onEntry, send }: { entry: string; onEntry(text: string): void; send: Send }) {
  const t = useT();
  const [asked, setAsked] = useState(false);
  const act = useAct();
  const join = () => {
    const ready = readEntry(entry, 'anything') === 'ready';
    setAsked(!ready);
    if (ready) void act.run(() => send({ type: 'assist', entry }));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      <h2 class="popup-heading">
        {t('popup.provide')} <span aria-hidden="true">▸</span> {t('popup.assist')}
      </h2>
      <div class="assist">
        <NumberField
          takes="anything"
          value={entry}
          asked={asked}
          refused={act.problem}
          onValue={(text) => {
            setAsked(false);
            act.clear();
            onEntry(text);
          }}
        />
        <Button submit aria-busy={act.busy}>
          {t('popup.join')}
        </Button>
      </div>
      {act.slow && (
        <p class="meta" role="status">
          {t('act.waitsForServer')}
        </p>
      )}
    </form>
  );
}
