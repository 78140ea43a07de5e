import type { Screen } from './screen.ts';

/** From now on counts the connections that the page makes: how many so far, each time it is asked. */
export async function countsConnections(screen: Screen): Promise<() => Promise<number>> {
  await screen.evaluate(`(() => {
    globalThis.connectionsMade = 0;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given) {
        super(...given);
        globalThis.connectionsMade += 1;
      }
    };
  })()`);
  return async () => Number(await screen.evaluate('connectionsMade'));
}
