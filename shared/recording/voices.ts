/** One audio track that never changes: whatever voices come and go are mixed into it (W3C Web Audio). */
export class Voices {
  readonly #context = new AudioContext();
  readonly #mixed = this.#context.createMediaStreamDestination();
  readonly #heard = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  /** In a press: browsers let no page make sound, not even into a file, before one. */
  constructor() {
    const silence = new ConstantSourceNode(this.#context, { offset: 0 }); // with nobody's voice there is no sound at all
    silence.connect(this.#mixed);
    silence.start();
    void this.#context.resume();
  }

  get tracks(): MediaStreamTrack[] {
    return this.#mixed.stream.getAudioTracks();
  }

  /** From now on exactly these. */
  hear(voices: readonly MediaStreamTrack[]): void {
    for (const [voice, source] of this.#heard) {
      if (voices.includes(voice)) continue;
      source.disconnect();
      this.#heard.delete(voice);
    }
    for (const voice of voices) {
      if (this.#heard.has(voice)) continue;
      const source = this.#context.createMediaStreamSource(new MediaStream([voice]));
      source.connect(this.#mixed);
      this.#heard.set(voice, source);
    }
  }

  close(): void {
    this.hear([]);
    void this.#context.close();
  }
}
