import type { MiddlewareHandler } from 'hono';
import type { Env } from './kit.ts';

const PERMISSIONS = [
  ...['camera', 'display-capture', 'microphone', 'screen-wake-lock'].map((name) => `${name}=(self)`),
  ...['accelerometer', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'midi', 'payment', 'serial', 'usb'].map(
    (name) => `${name}=()`,
  ),
].join(', ');

/** The worker that hashes files (shared/files) may compile WebAssembly, and nothing else may. */
const FILES_WORKER = /^\/assets\/file\.worker-[\w-]+\.js$/;

/** What every answer carries, and on the site's pages what they may do: load, run and reach this relay alone. */
export function strictHeaders(publicUrl: string): MiddlewareHandler<Env> {
  const { host, protocol } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const policyOf = (scripts: string) =>
    [
      "default-src 'none'",
      `script-src 'self'${scripts}`,
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self' blob:",
      `connect-src 'self' ${secure ? 'wss' : 'ws'}://${host}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types hulplijn',
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');

  const policy = policyOf('');
  const filesPolicy = policyOf(" 'wasm-unsafe-eval'");

  return async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Content-Security-Policy', FILES_WORKER.test(c.req.path) ? filesPolicy : policy);
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Permissions-Policy', PERMISSIONS);
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  };
}
