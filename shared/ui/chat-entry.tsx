import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CHAT_LINE_CHARACTERS } from '../protocol/limits.ts';
import type { Answer } from '../session/answer.ts';
import type { ChatView } from '../session/view.ts';
import { IconButton } from './button.tsx';
import { errorText } from './error-text.ts';
import { useT } from './i18n.ts';
import { useDraft } from './use-draft.ts';

/** From here on the counter shows how much is left. */
const NEARLY = CHAT_LINE_CHARACTERS - 500;

interface ChatEntryProps {
  chat: ChatView;
  to: { id: string; name: string; note: string }[]; // note: tells two of one name apart
  several: boolean; // more than one other person: a line may be for one of them alone
  autoFocus: boolean;
  onSay(text: string, to: string | undefined): Promise<Answer>;
  onDraft(text: string): void;
}

export function ChatEntry({ chat, to: choices, several, autoFocus, onSay, onDraft }: ChatEntryProps) {
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(chat.draft, onDraft);
  const [chosen, setChosen] = useState('');
  const [refused, setRefused] = useState('');
  const length = [...text].length;
  const over = length - CHAT_LINE_CHARACTERS;
  const to = several ? choices.find((one) => one.id === chosen) : undefined;

  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, []);
  useLayoutEffect(() => fitHeight(field.current), [text]);

  const say = async () => {
    if (over > 0 || text.trim() === '') return;
    setText('', 'now');
    setRefused('');
    field.current?.focus();
    const answer = await onSay(text, to?.id);
    if (answer.ok) return;
    setRefused(errorText(t, answer));
    setText(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void say();
  };
  const hint = to ? t('chat.fieldTo', { name: to.name }) : t('chat.field');
  return (
    <form
      class="chat-entry"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      {several && choices.length > 0 && (
        <label class="row chat-to">
          <span class="meta">{t('chat.to')}</span>
          <select class="field" value={to?.id ?? ''} onChange={(event) => setChosen(event.currentTarget.value)}>
            <option value="">{t('chat.everyone')}</option>
            {choices.map((one) => (
              <option key={one.id} value={one.id}>
                {t('chat.onlyTo', { name: one.name })}
                {one.note}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="chat-write">
        <textarea
          ref={field}
          class="field"
          rows={1}
          dir="auto"
          aria-label={t('chat.message')}
          aria-invalid={over > 0}
          placeholder={hint}
          title={t('chat.keys')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton kind="primary" icon="send" label={t('chat.send')} submit disabled={over > 0} />
      </div>
      {(length > NEARLY || refused) && (
        <p class={over > 0 || refused ? 'meta problem' : 'meta'} role="status">
          {refused ||
            (over > 0 ? t('chat.tooLong', { over, limit: CHAT_LINE_CHARACTERS }) : t('chat.left', { left: -over }))}
        </p>
      )}
    </form>
  );
}

/** As high as its text, up to the limit the style sheet sets; heights through the CSSOM, which the site's CSP allows. */
function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
