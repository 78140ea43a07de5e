/** What a browser's picker gives: something to stop, and nothing to see. */
class Picture extends EventTarget {
  readonly kind = 'video';
  contentHint = '';
  readyState = 'live';
  stop(): void {
    this.readyState = 'ended';
  }
  getSettings(): MediaTrackSettings {
    return { displaySurface: 'monitor' };
  }
}

/** From now on whoever shares a screen has chosen one. */
export function installPicker(): void {
  const getDisplayMedia = async () => ({ getVideoTracks: () => [new Picture()] });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getDisplayMedia }, configurable: true });
}
