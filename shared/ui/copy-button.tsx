import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';
import { useT } from './i18n.ts';

type Outcome = 'copied' | 'failed' | undefined;
const SHOWN_MS = 2500;

/** Copies `text` and says so, on the button and aloud; where the browser refuses, it says to select and copy by hand. */
export function CopyButton({ text, label, small = false }: { text: string; label: string; small?: boolean }) {
  const t = useT();
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    copyText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  const said = outcome === 'copied' ? t('copy.done') : outcome === 'failed' ? t('copy.failed') : '';
  const icon = outcome === 'copied' ? 'check' : outcome === 'failed' ? 'alert' : 'copy';
  return (
    <span class="copy">
      {small ? (
        <IconButton icon={icon} label={label} onClick={copy} />
      ) : (
        <Button icon={icon} onClick={copy}>
          {label}
        </Button>
      )}
      <span class={outcome === 'failed' ? 'copy-said meta' : 'visually-hidden'} role="status">
        {said}
      </span>
    </span>
  );
}

/** A frame in somebody's page has no clipboard permission of its own: the older way works there, after a press. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    if (!done) throw new Error('copy refused');
  }
}
