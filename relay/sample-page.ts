import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from '../shared/protocol/schema.ts';

/** What an agent may have in front of them: a ticket of somebody else's help desk. English, as that desk is. */
const TICKET = `<!doctype html>
<html lang="en">
<title>Ticket 48213 · Example Help Desk</title>
<meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f6; }
  header { padding: 12px 32px; color: #fff; background: #37475a; }
  main { max-width: 720px; margin: 32px auto; padding: 24px 32px; background: #fff; border: 1px solid #ddd; }
  textarea { box-sizing: border-box; width: 100%; height: 120px; font: inherit; }
</style>
<header>Example Help Desk</header>
<main>
  <h1>Printer prints blank pages</h1>
  <p>Ticket 48213, opened by Mia Jansen</p>
  <p>Since Monday every second page comes out blank. I have changed the cartridge already. Could somebody have a look?</p>
  <label>Answer<br><textarea></textarea></label>
  <p>To try Hulplijn: press its icon in the toolbar (under the puzzle piece), then <b>Start session</b>.</p>
</main>
</html>`;

/** Serves it to this machine alone, on a free port and so as a site of its own. Ends with the process. */
export async function samplePage(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(TICKET);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = z.parse(z.object({ port: z.number() }), server.address());
  return `http://127.0.0.1:${port}/`;
}
