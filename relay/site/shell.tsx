import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Language } from '../../shared/protocol/relay-api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useT } from '../../shared/ui/i18n.ts';

/** Above every page but a session's: whose desk this is, where one can go, the other language. */
export function Header({
  desk,
  here,
  onLanguage,
}: {
  desk: string;
  here: 'join' | 'support';
  onLanguage(language: Language): void;
}) {
  const t = useT();
  const current = (page: typeof here) => (page === here ? { 'aria-current': 'page' as const } : {});
  return (
    <header class="site-header">
      <b class="desk ellipsis" title={desk}>
        <bdi>{desk}</bdi>
      </b>
      <LanguageButton onLanguage={onLanguage} />
      <nav aria-label={t('site.nav')}>
        <a href="/" {...current('join')}>
          {t('site.nav.join')}
        </a>
        <a href="/support" {...current('support')}>
          {t('site.nav.support')}
        </a>
      </nav>
    </header>
  );
}

/** Named in the language it leads to, so that who cannot read this one finds it. */
export function LanguageButton({ onLanguage }: { onLanguage(language: Language): void }) {
  const other = useT().language === 'en' ? 'nl' : 'en';
  return (
    <Button kind="quiet" class="language" lang={other} onClick={() => onLanguage(other)}>
      {other === 'nl' ? 'Nederlands' : 'English'}
    </Button>
  );
}

let firstScreen = true;

/** One page's content. A page that takes another's place is announced: its heading gets the focus. */
export function Screen({
  title,
  above,
  children,
}: {
  title: string;
  above?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstScreen) heading.current?.focus();
    firstScreen = false;
  }, []);
  return (
    <main class="screen">
      <div>
        {above}
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
      </div>
      {children}
    </main>
  );
}
