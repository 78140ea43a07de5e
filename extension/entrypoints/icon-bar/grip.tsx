import { useRef } from 'preact/hooks';
import { useT } from '../../../shared/ui/i18n.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import type { BarGrip } from './bar-view.tsx';

const STEP = 16;
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** Where the bar is taken hold of: by pointer, or by the arrow keys while it has the focus. */
export function Grip({ grip }: { grip: BarGrip }) {
  const t = useT();
  const held = useRef(false);
  return (
    <button
      type="button"
      class="bar-grip"
      aria-label={t('bar.move')}
      title={t('bar.moveHow')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = true;
        grip.onStart(event.screenX, event.screenY);
      }}
      onPointerMove={(event) => {
        if (held.current) grip.onMove(event.screenX, event.screenY);
      }}
      onLostPointerCapture={() => {
        held.current = false;
        grip.onEnd();
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        grip.onNudge(...step);
      }}
    >
      <Icon name="grip" />
    </button>
  );
}
