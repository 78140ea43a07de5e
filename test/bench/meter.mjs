// Preloaded into both servers (`--import`): says at a port of its own what the process uses.
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

createServer((request, response) => {
  // What is garbage at this moment is no participant's, nor the room a busy heap keeps for more of it.
  if (request.url === '/memory') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  response.end(JSON.stringify({ memory: process.memoryUsage.rss(), cpu: process.cpuUsage() }));
})
  .listen(Number(process.env.METER_PORT), '127.0.0.1')
  .unref();
