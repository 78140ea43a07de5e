/** Gives a recording its length and its index, without touching picture or sound: the packets are copied as they are. */
import { BlobSource, Conversion, Input, Output, StreamTarget, WEBM, WebMOutputFormat } from 'mediabunny';
import type { FromSeekable, ToSeekable } from './recordings.ts';

const tell = (said: FromSeekable) => postMessage(said);

async function convert({ from, to }: ToSeekable): Promise<void> {
  const input = new Input({ source: new BlobSource(from), formats: [WEBM] });
  const target = new StreamTarget(await to.createWritable(), { chunked: true });
  const output = new Output({ format: new WebMOutputFormat(), target });
  const conversion = await Conversion.init({ input, output, showWarnings: false });
  if (!conversion.isValid) throw new Error('nothing to convert');
  conversion.onProgress = (done) => tell({ is: 'progress', done });
  await conversion.execute();
}

addEventListener('message', ({ data }: MessageEvent<ToSeekable>) => {
  convert(data).then(
    () => tell({ is: 'done' }),
    () => tell({ is: 'failed' }),
  );
});
