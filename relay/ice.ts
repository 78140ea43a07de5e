import { createHmac } from 'node:crypto';
import type { ParticipantId } from '../shared/protocol/ids.ts';
import type { Ice } from '../shared/protocol/relay-api.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';

/** A call that lasts longer than this dials anew anyway. */
const TURN_LIFE = 12 * 3600; // seconds

/**
 * The ICE servers for `id`. Anybody gets a seat: TURN, which is paid by the byte, is for those who were let in.
 * Credentials as in "A REST API for Access to TURN Services" (draft-uberti-behave-turn-rest-00), which coturn and others
 * know.
 */
export function iceFor(id: ParticipantId, isIn: boolean, { config, clock }: { config: Config; clock: Clock }): Ice {
  const iceServers: Ice['iceServers'] = [];
  if (config.stunUrls.length > 0) iceServers.push({ urls: config.stunUrls });
  if (config.turn && isIn) {
    const username = `${Math.floor(clock.now() / 1000) + TURN_LIFE}:${id}`;
    const credential = createHmac('sha1', config.turn.secret).update(username).digest('base64');
    iceServers.push({ urls: config.turn.urls, username, credential });
  }
  return { iceServers };
}
