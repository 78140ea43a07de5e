import type { ComponentChildren } from 'preact';

const LINK = /https?:\/\/[^\s<>"'\u201c\u201d]+/giu;
const TRAILING = /[.,;:!?)\]}]+$/u;

export type TextPart =
  | { is: 'text'; text: string }
  | { is: 'link'; text: string; url: string; host: string | undefined };

/**
 * What somebody wrote, in parts. Only http and https become links. `host` is the real host where the written text does
 * not plainly begin with it: letters that look alike, a user name before an @.
 */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const written = match[0].replace(TRAILING, '');
    const url = URL.parse(written);
    if (!url?.host) continue;
    if (match.index > end) parts.push({ is: 'text', text: text.slice(end, match.index) });
    parts.push({ is: 'link', text: written, url: url.href, host: saysItsHost(written, url) ? undefined : url.host });
    end = match.index + written.length;
  }
  if (end < text.length) parts.push({ is: 'text', text: text.slice(end) });
  return parts;
}

function saysItsHost(written: string, url: URL): boolean {
  const rest = written.slice(url.protocol.length + 2);
  return rest.startsWith(url.host) && (rest.length === url.host.length || '/?#'.includes(rest.charAt(url.host.length)));
}

export function LinkText({ text }: { text: string }): ComponentChildren {
  return textParts(text).map((part, index) => {
    if (part.is === 'text') return part.text;
    return (
      <span key={index}>
        <a href={part.url} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
        {part.host && <span class="real-host"> ({part.host})</span>}
      </span>
    );
  });
}
