const [WIDTH, HEIGHT] = [1280, 720];
/** ms between two black pictures: the recorder begins with the first one that comes, and no sound before it. */
const STILL = 1000;
/** Bits a second on the way through this machine alone: text stays readable. */
const MOST_BITS = 8_000_000;

/**
 * One video track that never changes, whoever shares: what arrives over a connection of this page with itself, whose
 * sender is given another track by `replaceTrack`. Nobody has to look, so the page may be hidden.
 */
export class Picture {
  readonly track: MediaStreamTrack;
  readonly #ends: readonly RTCPeerConnection[];
  readonly #sender: RTCRtpSender;
  readonly #black = blackTrack();

  static async open(): Promise<Picture> {
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
    near.addEventListener('icecandidate', ({ candidate }) => candidate && void far.addIceCandidate(candidate));
    far.addEventListener('icecandidate', ({ candidate }) => candidate && void near.addIceCandidate(candidate));
    const sendEncodings = [{ maxBitrate: MOST_BITS }];
    const { sender } = near.addTransceiver('video', { direction: 'sendonly', sendEncodings });
    const arrived = new Promise<MediaStreamTrack>((resolve) => {
      far.addEventListener('track', ({ track }) => resolve(track));
    });
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    await sender.setParameters({ ...sender.getParameters(), degradationPreference: 'maintain-resolution' });
    return new Picture([near, far], sender, await arrived);
  }

  private constructor(ends: readonly RTCPeerConnection[], sender: RTCRtpSender, track: MediaStreamTrack) {
    this.#ends = ends;
    this.#sender = sender;
    this.track = track;
    this.show(undefined);
  }

  /** From now on this, or black. */
  show(shown: MediaStreamTrack | undefined): void {
    const next = shown ?? this.#black.track;
    if (next !== this.#sender.track) void this.#sender.replaceTrack(next);
  }

  close(): void {
    this.#black.stop();
    for (const end of this.#ends) end.close();
  }
}

function blackTrack() {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  pen?.fillRect(0, 0, WIDTH, HEIGHT);
  const track = canvas.captureStream().getVideoTracks()[0] ?? null;
  const timer = setInterval(() => {
    pen?.fillRect(0, 0, WIDTH, HEIGHT);
    if (track instanceof CanvasCaptureMediaStreamTrack) track.requestFrame(); // a hidden page draws nothing by itself
  }, STILL);
  return {
    track,
    stop() {
      clearInterval(timer);
      track?.stop();
    },
  };
}
