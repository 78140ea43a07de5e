import browser, { type Runtime } from 'webextension-polyfill';

/** The WebExtension API with promises, for every extension page and the background; imported from here alone. */
export { browser };
export type Port = Runtime.Port;
export type Sender = Runtime.MessageSender;

/** The address of one of our own pages. */
export const pageUrl = (page: string): string => browser.runtime.getURL(page);
