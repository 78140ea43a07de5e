import { beforeAll, expect, test } from 'vitest';
import { FileTransfers } from '../../shared/client/file-transfers.ts';
import type { FromJob, ToWorker } from '../../shared/files/files.ts';
import type { Message } from '../../shared/session/message.ts';
import { Desk, id, person, rosterOf, SESSION } from '../support/activity-desk.ts';
import { sessionHost } from '../support/session-host.ts';
import { giveKeys } from '../support/signed-controls.ts';
import { until } from '../support/until.ts';

const [ANN, MIA, FILE] = [id('a'), id('c'), id('f')] as const;
const PEOPLE = [person(ANN, 'primary', 'Ann'), person(MIA, 'customer', 'Mia')];
beforeAll(() => giveKeys([ANN, MIA]));

/** Mia's page, to which Ann sends a file: its state, what it has said in the session, and what its worker was told. */
function receiving() {
  const desk = new Desk(PEOPLE);
  const offer = { v: 1, type: 'files.offer', id: FILE, number: 1, name: 'a.pdf', size: 5, mime: '', to: MIA } as const;
  desk.say(ANN, offer);
  desk.does(MIA, { type: 'files.accept', session: SESSION, id: FILE });
  const said: Message[] = [];
  const told: ToWorker[] = [];
  const host = sessionHost({
    roster: rosterOf(MIA, PEOPLE),
    state: () => desk.at(MIA),
    inTurn: (work) => work(),
    post: async (message) => void said.push(message),
  });
  // A page's worker, which does what the test says.
  const worker = { postMessage: (message: ToWorker) => void told.push(message) };
  const files = new FileTransfers(host, () => worker as unknown as Worker);
  const jobs = () => told.flatMap((one) => (one.do === 'receive' ? [one.job] : []));
  const ends = (job: MessagePort, how: FromJob) => job.postMessage(how);
  return { desk, files, said, told, jobs, ends };
}

test('SH4 RE1 a page that goes cancels nothing: its worker hears that all is closed, and nobody else a word', async () => {
  const { files, said, told, jobs, ends } = receiving();
  files.follow();
  const job = await until('the transfer', async () => jobs()[0]);
  const heard: unknown[] = [];
  job.onmessage = ({ data }) => heard.push(data);
  files.stop();
  ends(job, { is: 'failed', why: 'cancelled', by: 'us' });
  files.follow();
  await new Promise((done) => setImmediate(done));
  expect({ said, heard, last: told.at(-1)?.do }).toEqual({ said: [], heard: [], last: 'close' });
});

test('SH4 RE1 a transfer that the other page broke off without a word in the session begins again with what comes next', async () => {
  const { files, said, jobs, ends } = receiving();
  files.follow();
  const job = await until('the transfer', async () => jobs()[0]);
  ends(job, { is: 'failed', why: 'cancelled', by: 'them' });
  await until('a second', () => {
    files.follow();
    return jobs().length === 2;
  });
  expect(said).toEqual([]);
});

test('SH4 TC4 what was ended and is wanted again before its end was heard begins again', async () => {
  const { desk, files, said, jobs, ends } = receiving();
  files.follow();
  const job = await until('the transfer', async () => jobs()[0]);
  const accepted = desk.at(MIA);
  desk.does(MIA, { type: 'files.cancel', session: SESSION, id: FILE });
  files.follow();
  desk.pages.set(MIA, accepted);
  files.follow();
  expect(jobs()).toHaveLength(1);
  ends(job, { is: 'failed', why: 'cancelled', by: 'us' });
  await until('a second', () => jobs().length === 2);
  expect(said).toEqual([]);
});
