/** What this browser cannot do, said before anybody joins (SH8). */
export interface Device {
  secure: boolean; // no keys, no camera, no connection on a plain-http address
  webrtc: boolean;
  sharesScreen: boolean;
}

export function readDevice(): Device {
  return {
    secure: isSecureContext,
    webrtc: 'RTCPeerConnection' in window,
    // Some phones have the function and refuse every call, so the kind of device counts too.
    sharesScreen:
      typeof navigator.mediaDevices?.getDisplayMedia === 'function' &&
      !/Android|iPhone|iPad|Mobile/.test(navigator.userAgent),
  };
}
