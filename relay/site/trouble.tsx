import { useT } from '../../shared/ui/i18n.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { useLasting } from './lasting.ts';
import type { Trouble } from './visit.ts';

/** The relay does not answer; said after two seconds, while the site goes on trying. */
export function TroubleNotice({ trouble }: { trouble: Trouble | undefined }) {
  const t = useT();
  if (!useLasting(trouble?.since) || !trouble) return null;
  const text = trouble.code === 'no-relay' ? t('site.trouble.noRelay') : t('site.trouble.noAnswer');
  return <Notice tone="warn">{text}</Notice>;
}
