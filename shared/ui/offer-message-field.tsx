import { useId } from 'preact/hooks';
import type { T } from '../locales/messages.ts';
import { countGraphemes, OFFER_MESSAGE_CHARACTERS, OfferMessage } from '../protocol/offer-message.ts';
import { z } from '../protocol/schema.ts';
import { useT } from './i18n.ts';

/** Whether it may go along: the same schema as the relay's (TS3). */
export function fits(message: string): boolean {
  return z.safeParse(OfferMessage, message).success;
}

/** The personal message, with what is left of its 345 characters; too much stays in the field, to be shortened. */
export function OfferMessageField({ value, onValue }: { value: string; onValue(value: string): void }) {
  const t = useT();
  const id = useId();
  const wrong = !fits(value);
  return (
    <div>
      <label class="label" for={id}>
        {t('transfer.message')}
      </label>
      <textarea
        id={id}
        class="field"
        rows={3}
        dir="auto"
        aria-invalid={wrong}
        aria-describedby={`${id}-left`}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p id={`${id}-left`} class={wrong ? 'meta problem field-line' : 'meta field-line'}>
        {leftText(t, value)}
      </p>
    </div>
  );
}

function leftText(t: T, value: string): string {
  const left = OFFER_MESSAGE_CHARACTERS - countGraphemes(value.trim());
  if (left < 0) return t('chat.tooLong', { over: -left, limit: OFFER_MESSAGE_CHARACTERS });
  return fits(value) ? t('chat.left', { left }) : t('transfer.messageHeavy');
}
