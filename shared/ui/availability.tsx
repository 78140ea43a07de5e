import { useState } from 'preact/hooks';
import type { Send } from '../session/view.ts';
import { Button } from './button.tsx';
import { useT } from './i18n.ts';
import { Notice } from './notice.tsx';
import { Segmented } from './segmented.tsx';
import { useAct } from './use-act.ts';

/** The agent's switch (TS6): whether sessions that wait in a queue are offered here, and why not where they did not choose so. */
export function Availability({ on, missed, send }: { on: boolean; missed: boolean; send: Send }) {
  const t = useT();
  const act = useAct();
  const [wanted, setWanted] = useState<boolean>(); // until it is so
  const choose = async (next: boolean) => {
    if (act.busy || next === on) return;
    setWanted(next);
    await act.run(() => send({ type: 'available', on: next }));
    setWanted(undefined);
  };
  const shown = wanted ?? on;
  return (
    <div class="availability">
      <Segmented
        label={t('available.label')}
        value={shown ? 'on' : 'off'}
        options={[
          { value: 'on', text: t('available.on') },
          { value: 'off', text: t('available.off') },
        ]}
        onValue={(value) => void choose(value === 'on')}
      />
      {missed && !shown && (
        <Notice tone="warn" action={<Button onClick={() => void choose(true)}>{t('available.again')}</Button>}>
          {t('available.missed')}
        </Notice>
      )}
      {act.problem && (
        <p class="meta problem" role="status">
          {act.problem}
        </p>
      )}
    </div>
  );
}
