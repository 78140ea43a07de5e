import { useT } from '../../../shared/ui/i18n.ts';
import { offersToTake } from '../../../shared/ui/session-offer.tsx';
import { BarNews } from './bar-news.tsx';
import type { BarProps } from './bar-view.tsx';
import { Grip } from './grip.tsx';
import { here } from './here.ts';

/** The bar, collapsed: the number of people; amber when somebody wrote, knocks or offers a session; the last two have a card even so. */
export function BarDot(props: BarProps) {
  const { snapshot, session, opens, grip, onCollapsed } = props;
  const t = useT();
  const asked = snapshot.sessions.some((one) => one.knocks.length > 0) || offersToTake(snapshot).length > 0;
  const wanted = asked || session.chat.unread > 0;
  return (
    <div class={`bar-root ${opens}`}>
      <h1 class="visually-hidden">{t('bar.name')}</h1>
      <div class="bar panel dot-bar">
        <Grip grip={grip} />
        <button
          type="button"
          class={wanted ? 'bar-dot wanted' : 'bar-dot'}
          aria-label={t('bar.expand')}
          title={t('bar.people', { count: here(session) })}
          onClick={() => onCollapsed(false)}
        >
          {here(session)}
        </button>
      </div>
      {asked && <BarNews {...props} />}
    </div>
  );
}
