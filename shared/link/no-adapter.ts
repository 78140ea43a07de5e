/**
 * What PeerJS imports as `webrtc-adapter` in our builds (no-adapter.plugin.ts). That one mends browsers from before 2020
 * and is a tenth of a page's weight; PeerJS itself only asks it for the browser's name, to warn of those.
 */
export default { browserDetails: { browser: 'any', version: 0 } };
