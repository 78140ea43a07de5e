import { effect, type ReadonlySignal } from '@preact/signals';
import type { T } from '../../../shared/locales/messages.ts';
import type { Snapshot } from '../../../shared/session/view.ts';
import { mayNotify } from '../../notify.ts';
import type { Settings } from '../../settings.ts';
import { type News, newsBetween } from './news.ts';

/** So long a line that is shown in a bar somewhere may take to be seen there, ms. */
const SEEN_ELSEWHERE = 500;

interface Ways {
  settings(): Pick<Settings, 'sound' | 'notify'>;
  words(): Promise<T>;
  /** The notification was pressed. */
  open(session: string): void;
}

/** What somebody waits for: it sounds also while the dashboard is seen. */
const CALLS: readonly News['what'][] = ['offers', 'nobody took'];

/**
 * While the dashboard is hidden, says by sound and notification who came or wrote (PA4), and what is offered (TS5).
 * Returns the undo.
 */
export function tellNews(snapshot: ReadonlySignal<Snapshot>, ways: Ways): () => void {
  let before = snapshot.peek();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let audio: AudioContext | undefined;
  const look = async (): Promise<void> => {
    timer = undefined;
    const now = snapshot.peek();
    const news = newsBetween(before, now);
    before = now;
    const seen = document.visibilityState === 'visible';
    const { sound, notify } = ways.settings();
    if (sound && news.some(({ what }) => !seen || CALLS.includes(what))) {
      audio ??= new AudioContext();
      void chime(audio);
    }
    if (seen || news.length === 0 || !notify || !mayNotify()) return;
    const t = await ways.words();
    for (const one of news) show(one, t, ways.open);
  };
  const stop = effect(() => {
    snapshot.value;
    timer ??= setTimeout(() => void look(), SEEN_ELSEWHERE);
  });
  return () => {
    stop();
    clearTimeout(timer);
    void audio?.close();
  };
}

/** One a session at a time; what was written is nobody's who only looks at the screen. */
function show({ session, what, name }: News, t: T, open: Ways['open']): void {
  const text = {
    knocks: t('knock.wants', { name }),
    joins: t('news.joins', { name }),
    writes: t('news.writes', { name }),
    offers: t('offer.offers', { name }),
    'nobody took': t('news.nobodyTook', { name }),
  };
  const shown = new Notification(text[what], { tag: session, lang: t.language, silent: true });
  shown.addEventListener('click', () => {
    shown.close();
    open(session);
  });
}

/** Two short notes. Where the browser wants a press in this page first (autoplay) it stays silent, then too. */
async function chime(audio: AudioContext): Promise<void> {
  const asked = Date.now();
  await audio.resume();
  if (Date.now() - asked > SEEN_ELSEWHERE) return;
  for (const [at, frequency] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const begin = audio.currentTime + at;
    const note = new OscillatorNode(audio, { frequency });
    const loud = new GainNode(audio, { gain: 0 });
    loud.gain.setValueAtTime(0, begin);
    loud.gain.linearRampToValueAtTime(0.15, begin + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, begin + 0.2);
    note.connect(loud).connect(audio.destination);
    note.start(begin);
    note.stop(begin + 0.2);
  }
}
