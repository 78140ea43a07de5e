import type { Surface } from '../activities/screen-shown.ts';
import { type ErrorCode, HulplijnError } from '../protocol/errors.ts';

/** What somebody chose to show, and which of the three it is. */
export interface Captured {
  track: MediaStreamTrack;
  surface: Surface;
}

/** Screens of text stay readable at this; more is not asked for. */
const FRAMES = { ideal: 15, max: 30 };

/** Hints of W3C Screen Capture and its extensions that TypeScript's own types do not all have. */
interface Wish extends DisplayMediaStreamOptions {
  surfaceSwitching: 'include' | 'exclude';
  selfBrowserSurface: 'include' | 'exclude';
  monitorTypeSurfaces: 'include' | 'exclude';
  systemAudio: 'include' | 'exclude';
}

function canCaptureScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/**
 * The browser's own picker, windows first: who shows a window shows no more than was meant. Only in a press.
 * Throws `nothing-chosen` when the picker was closed or refused, `cannot-capture` when browser or system do not let.
 */
export async function captureScreen(): Promise<Captured> {
  if (!canCaptureScreen()) throw new HulplijnError('cannot-capture');
  const wish: Wish = {
    video: { displaySurface: 'window', frameRate: FRAMES },
    audio: false,
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
    monitorTypeSurfaces: 'include',
    systemAudio: 'exclude',
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(wish);
    const [track] = stream.getVideoTracks();
    if (!track) throw new HulplijnError('cannot-capture');
    track.contentHint = 'detail'; // text stays sharp, at the cost of frames
    return { track, surface: surfaceOf(track) };
  } catch (cause) {
    if (cause instanceof HulplijnError) throw cause;
    const closed = cause instanceof DOMException && cause.name === 'NotAllowedError';
    throw new HulplijnError(closed ? 'nothing-chosen' : 'cannot-capture', { cause });
  }
}

function surfaceOf(track: MediaStreamTrack): Surface {
  const { displaySurface } = track.getSettings();
  switch (displaySurface) {
    case 'monitor':
    case 'window':
    case 'browser':
      return displaySurface;
    default:
      return 'unknown'; // Firefox does not tell
  }
}

export type Device = 'microphone' | 'camera';

/**
 * The microphone, echo cancelled, or the camera: the one of that id, or the system's first. Throws `device-refused`,
 * `no-device`, `device-busy`, `cannot-capture`.
 */
export async function captureDevice(device: Device, id?: string): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices) throw new HulplijnError('cannot-capture');
  const which = id === undefined ? {} : { deviceId: { exact: id } };
  const wish: MediaStreamConstraints =
    device === 'microphone'
      ? { audio: { ...which, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
      : { video: { ...which, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 } } };
  try {
    const [track] = (await navigator.mediaDevices.getUserMedia(wish)).getTracks();
    if (!track) throw new HulplijnError('no-device');
    return track;
  } catch (cause) {
    if (cause instanceof HulplijnError) throw cause;
    throw new HulplijnError(refusal(cause), { cause });
  }
}

/** W3C Media Capture and Streams, getUserMedia's errors. */
function refusal(cause: unknown): ErrorCode {
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'device-refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-device';
    case 'NotReadableError':
    case 'AbortError':
      return 'device-busy';
    default:
      return 'cannot-capture';
  }
}
