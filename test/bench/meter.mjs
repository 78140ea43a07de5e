// Preloaded into both servers (`--import`): says at a port of its own what the process uses.
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

// tsx has a thread of its own, which is preloaded too.
if (isMainThread) {
  createServer((request, response) => {
    // What is garbage at this moment is no participant's, nor the room a busy heap keeps for more of it.
    if (request.url === '/memory') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    response.end(JSON.stringify({ memory: process.memoryUsage.rss(), cpu: process.cpuUsage() }));
  })
    .listen(Number(process.env.METER_PORT), '127.0.0.1')
    .unref();
}
