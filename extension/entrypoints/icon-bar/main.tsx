import './bar.css';
import { effect, signal } from '@preact/signals';
import { type Bridge, openBridge } from '../../bridge/client.ts';
import { draw, undraw } from '../../page.tsx';
import { BarView } from './bar-view.tsx';
import { awaitHolder } from './host-channel.ts';

const GIVE_UP = 12_000; // ms without a dashboard
const COMPACT_BELOW = 880; // px of window

const holder = awaitHolder(handed);
const collapsed = signal(false);
let bridge: Bridge | undefined;
let last: [number, number] = [0, 0];

const grip = {
  onStart: (x: number, y: number) => {
    last = [x, y];
  },
  onMove: (x: number, y: number) => {
    holder.tell({ is: 'move', by: [x - last[0], y - last[1]] });
    last = [x, y];
  },
  onEnd: () => holder.tell({ is: 'done' }),
  onNudge: (dx: number, dy: number) => {
    holder.tell({ is: 'move', by: [dx, dy] });
    holder.tell({ is: 'done' });
  },
};

function Bar({ line }: { line: Bridge }) {
  const snapshot = line.snapshot.value;
  const session = snapshot?.sessions.find(({ id }) => id === snapshot.selected) ?? snapshot?.sessions.at(-1);
  if (!snapshot || !session) return null;
  return (
    <BarView
      snapshot={snapshot}
      session={session}
      send={line.send}
      onMailto={(url) => line.tell({ type: 'mail', url })}
      onDashboard={() => line.tell({ type: 'show' })}
      onPress={(what) => line.tell({ type: 'show', press: { what, session: session.id } })}
      opens={holder.around.value.up ? 'up' : 'down'}
      compact={holder.around.value.room < COMPACT_BELOW}
      collapsed={collapsed.value}
      onCollapsed={(now) => {
        collapsed.value = now;
        line.tell({ type: 'collapse', collapsed: now });
      }}
      grip={grip}
    />
  );
}

/** Nothing is drawn before the dashboard has known the nonce: a page that frames this one itself sees it blank. */
function handed(nonce: string): void {
  bridge?.close();
  const line = openBridge({ type: 'hello bar', nonce }, { giveUpAfter: GIVE_UP });
  bridge = line;
  let language: string | undefined;
  effect(() => {
    const presence = line.presence.value;
    if (presence.is === 'gone' && bridge === line) undraw();
    if (presence.is !== 'here') return;
    collapsed.value = presence.collapsed;
    if (presence.language === language) return;
    language = presence.language;
    void draw(presence.language, () => <Bar line={line} />);
  });
}

const root = document.getElementById('root');
if (root) {
  new ResizeObserver(() => {
    const size = root.firstElementChild?.getBoundingClientRect();
    holder.tell({ is: 'size', by: [Math.ceil(size?.right ?? 0), Math.ceil(size?.bottom ?? 0)] });
  }).observe(root);
}
