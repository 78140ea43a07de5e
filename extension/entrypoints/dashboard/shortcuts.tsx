import { useEffect } from 'preact/hooks';
import type { T } from '../../../shared/locales/messages.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useT } from '../../../shared/ui/i18n.ts';

/** What a key does; keys work where nothing is being typed. */
export type Shortcuts = Record<string, () => void>;

export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const act = shortcuts[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <dl class="shortcuts">
        {list(t).map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="row">
        <span class="grow" />
        <Button onClick={onClose}>{t('panel.close')}</Button>
      </div>
    </Dialog>
  );
}

function list(t: T): [string, string][] {
  return [
    ['i', t('panel.invite')],
    ['p', t('panel.participants')],
    ['c', t('panel.chat')],
    ['t', t('panel.tools')],
    ['s', t('word.session')],
    ['j', t('shortcuts.next')],
    ['k', t('shortcuts.previous')],
    ['?', t('shortcuts.show')],
  ];
}
