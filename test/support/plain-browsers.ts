import puppeteer, { type Browser } from 'puppeteer';
import { inOwnProfile } from './firefox-profile.ts';

/** Browsers without the extension, as a customer has them. Where they lie can be said by environment. */
export interface PlainOptions {
  /** Leave the hiding of local addresses (mDNS) on, as people have it; on loopback it makes connecting slow. */
  mdns?: boolean;
}

/** ms; a page that does not answer is said as such, before the test's own time is over. */
const protocolTimeout = 60_000;

export async function launchChromium({ mdns = false }: PlainOptions = {}): Promise<Browser> {
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    protocolTimeout,
    pipe: true,
    args: ['--no-sandbox', ...(mdns ? [] : ['--disable-features=WebRtcHideLocalIpsWithMdns'])],
  });
}

export async function launchFirefox({ mdns = false }: PlainOptions = {}): Promise<Browser> {
  return inOwnProfile((userDataDir) =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      headless: true,
      protocolTimeout,
      ...(userDataDir !== undefined && { userDataDir }),
      extraPrefsFirefox: {
        'media.peerconnection.ice.loopback': true,
        'media.peerconnection.ice.obfuscate_host_addresses': mdns,
      },
    }),
  );
}
