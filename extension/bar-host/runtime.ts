/** As much of the extension API as a content script of three kilobytes needs; `chrome` is in both browsers. */
export interface HostPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(heard: (message: unknown) => void): void };
  onDisconnect: { addListener(gone: () => void): void };
}
declare const chrome: {
  runtime?: { id?: string; getURL(path: string): string; connect(to: { name: string }): HostPort };
};

/** Undefined once the extension was removed, updated or reloaded under this page ("context invalidated"). */
export const runtime = () => (chrome.runtime?.id ? chrome.runtime : undefined);
