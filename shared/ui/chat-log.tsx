import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatItem } from '../session/view.ts';
import { Button } from './button.tsx';
import { ChatItemView } from './chat-item.tsx';
import { useT } from './i18n.ts';

/** So near to the end counts as being there, in px. */
const NEAR = 40;

/** Follows what comes while the reader is at the end; who reads further up is left there and offered the way down. */
export function ChatLog({ items }: { items: ChatItem[] }) {
  const t = useT();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const last = items.at(-1);

  const toEnd = () => {
    const box = log.current;
    if (box) box.scrollTop = box.scrollHeight;
    atEnd.current = true;
    setBelow(false);
  };
  useLayoutEffect(() => {
    if (atEnd.current || (last?.kind === 'line' && last.mine)) toEnd();
    else setBelow(true);
  }, [last?.id]);
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    const sizes = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    sizes.observe(box);
    return () => sizes.disconnect();
  }, []);

  const look = () => {
    const box = log.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR;
    if (atEnd.current) setBelow(false);
  };
  return (
    <div class="chat-reading">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="chat-log" role="log" aria-label={t('chat.log')} tabIndex={0} ref={log} onScroll={look}>
        {items.length === 0 && <p class="chat-empty soft">{t('chat.empty')}</p>}
        {items.map((item) => (
          <ChatItemView key={item.id} item={item} />
        ))}
      </div>
      {below && (
        <Button class="chat-below" icon="down" onClick={toEnd}>
          {t('chat.newBelow')}
        </Button>
      )}
    </div>
  );
}
