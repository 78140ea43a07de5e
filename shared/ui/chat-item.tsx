import { Component } from 'preact';
import type { T } from '../locales/messages.ts';
import type { ChatEvent, ChatItem } from '../session/view.ts';
import { useT } from './i18n.ts';
import { LinkText } from './link-text.tsx';
import { NAME_SLOT, OTHER_SLOT, WithName } from './person-name.tsx';
import { ClockTime } from './time.tsx';

/** Said once, it does not change, but for "waiting": thousands of lines cost nothing when one is added. */
export class ChatItemView extends Component<{ item: ChatItem }> {
  override shouldComponentUpdate({ item }: { item: ChatItem }): boolean {
    const before = this.props.item;
    return before.id !== item.id || (item.kind === 'line' && before.kind === 'line' && item.waiting !== before.waiting);
  }
  override render({ item }: { item: ChatItem }) {
    return item.kind === 'line' ? <Line line={item} /> : <EventLine event={item} />;
  }
}

function Line({ line }: { line: Extract<ChatItem, { kind: 'line' }> }) {
  const t = useT();
  return (
    <div class={line.mine ? 'line mine' : 'line'}>
      <div class="line-head meta">
        <bdi class="ellipsis" title={line.from}>
          {line.mine ? t('chat.you') : line.from}
        </bdi>
        {line.to !== undefined && (
          <span class="line-private ellipsis">
            <WithName text={t('chat.privateTo', { name: NAME_SLOT })} name={line.to} />
          </span>
        )}
        <ClockTime at={line.at} />
        {line.waiting && <span class="line-waiting">{t('chat.waiting')}</span>}
      </div>
      <p class="line-text" dir="auto">
        <LinkText text={line.text} />
      </p>
    </div>
  );
}

function EventLine({ event }: { event: Extract<ChatItem, { kind: 'event' }> }) {
  const t = useT();
  return (
    <p class="chat-event meta">
      <WithName text={eventText(t, event.what)} name={event.name} other={event.to ?? ''} /> ·{' '}
      <ClockTime at={event.at} />
    </p>
  );
}

function eventText(t: T, what: ChatEvent): string {
  const name = NAME_SLOT;
  const to = OTHER_SLOT;
  switch (what) {
    case 'started':
      return t('event.started', { name });
    case 'joined':
      return t('event.joined', { name });
    case 'left':
      return t('event.left', { name });
    case 'gone':
      return t('event.gone', { name });
    case 'back':
      return t('event.back', { name });
    case 'removed':
      return t('event.removed', { name });
    case 'handed over':
      return t('event.handedOver', { name, to });
    case 'offered':
      return t('event.offered', { name });
    case 'accepted':
      return t('event.accepted', { to });
    case 'taken back':
      return t('event.takenBack', { to });
    case 'primary lost':
      return t('event.primaryLost', { name, to });
    case 'transcript':
      return t('event.transcript', { name });
  }
}
