import { useT } from '../../../shared/ui/i18n.ts';
import { BarNews } from './bar-news.tsx';
import type { BarProps } from './bar-view.tsx';
import { Grip } from './grip.tsx';
import { here } from './here.ts';
import { hasCard, useMatter } from './matter.ts';

/** The bar, collapsed: the number of people; amber when somebody wrote, the session waits, or there is a card, which stays. */
export function BarDot(props: BarProps) {
  const { snapshot, session, opens, grip, onCollapsed } = props;
  const t = useT();
  const matter = useMatter(snapshot, session);
  const card = matter !== undefined && hasCard(matter);
  const wanted = card || matter?.is === 'waits' || session.chat.unread > 0;
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
      {card && <BarNews {...props} />}
    </div>
  );
}
