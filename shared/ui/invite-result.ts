import type { InviteResult } from '../session/view.ts';

/** What an accepted `invite` answers with, read from the untyped value an answer carries between pages. */
export function readInviteResult(value: unknown): InviteResult | undefined {
  if (typeof value !== 'object' || value === null || !('is' in value)) return undefined;
  if (value.is === 'sent') return { is: 'sent' };
  if (!('url' in value) || typeof value.url !== 'string') return undefined;
  if (value.is === 'link') return { is: 'link', url: value.url };
  if (value.is !== 'mailto' || !('subject' in value) || !('body' in value)) return undefined;
  if (typeof value.subject !== 'string' || typeof value.body !== 'string') return undefined;
  return { is: 'mailto', url: value.url, subject: value.subject, body: value.body };
}
