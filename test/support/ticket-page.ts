import { createServer } from 'node:http';

const TICKET = `<!doctype html><html lang="en"><title>Ticket 48213</title>
<body style="font: 16px Georgia; margin: 40px"><h1>#48213 Printer prints blank pages</h1><p>The customer says it began on Monday.</p><input aria-label="Answer">`;

export interface Site {
  url: string;
  close(): void;
}

/** Somebody else's web page, on a free port; `pages` maps more paths to their HTML and headers. */
export async function ticketSite(
  pages: Record<string, { html: string; headers?: Record<string, string> }> = {},
): Promise<Site> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://x').pathname];
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html ?? TICKET);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
