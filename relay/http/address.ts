import ipaddr from 'ipaddr.js';
import type { Call } from './kit.ts';

/** The address of whoever holds the connection; undefined only where there is no connection (a test without one). */
export function connectionAddress(c: Call): string | undefined {
  return c.env?.incoming?.socket.remoteAddress;
}

/**
 * Whom attempts are counted for (SE3). `X-Forwarded-For` is believed only of a trusted proxy, and read from the right:
 * what is further left was written by whoever called. A home has a whole IPv6 /64, so that is one address.
 */
export function clientAddress(c: Call, trusted: readonly string[]): string {
  const hops = (c.req.header('X-Forwarded-For') ?? '').split(',').map((hop) => hop.trim());
  let address = connectionAddress(c) ?? '';
  while (isTrusted(address, trusted)) {
    const next = hops.pop();
    if (!next || !ipaddr.isValid(next)) break;
    address = next;
  }
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${parsed.toByteArray().slice(0, 8).join('.')}/64`;
}

function isTrusted(address: string, trusted: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return trusted.some((range) => {
    const [network, bits] = ipaddr.isValidCIDR(range)
      ? ipaddr.parseCIDR(range)
      : ([ipaddr.process(range), undefined] as const);
    if (network.kind() !== parsed.kind()) return false;
    return parsed.match(network, bits ?? (network.kind() === 'ipv4' ? 32 : 128));
  });
}
