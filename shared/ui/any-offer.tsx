import type { Send } from '../session/view.ts';
import { SentOffer } from './sent-offer.tsx';
import { SessionOffer, type SessionOffered } from './session-offer.tsx';

interface AnyOfferProps {
  offer: SessionOffered;
  send: Send;
  onAccepted?: () => void;
}

/** A session that is offered by this agent, or to them, and what became of it (TS5). */
export function AnyOffer({ offer, send, ...more }: AnyOfferProps) {
  return offer.mine ? <SentOffer offer={offer} send={send} /> : <SessionOffer offer={offer} send={send} {...more} />;
}
