import { signal } from '@preact/signals';
import type { FilesShown } from '../../shared/activities/files-shown.ts';
import type { FileMoving } from '../../shared/ui/file-item.tsx';
import type { FileParts } from '../../shared/ui/files-panel.tsx';
import { NOTHING_ON } from './activities.ts';

type One = FilesShown['transfers'][number];
const id = (digit: string) => digit.repeat(32);
const MB = 1e6;

function file(digit: string, change: Partial<One>): One {
  return {
    id: id(digit),
    name: 'report.pdf',
    size: 48 * MB,
    mine: true,
    with: 'Mia Jansen',
    state: 'moving',
    until: null,
    why: null,
    mayResume: false,
    fault: null,
    sha256: null,
    ...change,
  };
}

const LONG = 'Quarterly figures of all departments, corrected version, final (2)\u202Efdp.exe';

/** Of before the session was taken over. */
const EARLIER: FilesShown['earlier'] = [
  {
    id: id('8'),
    name: 'error.png',
    size: 0.4 * MB,
    at: Date.now() - 600_000,
    from: 'Mia Jansen',
    to: 'Ann de Vries',
    received: true,
  },
  {
    id: id('9'),
    name: LONG,
    size: 12 * MB,
    at: Date.now() - 300_000,
    from: 'Ann de Vries',
    to: 'محمد',
    received: false,
  },
];

/** Files in every state that people see. */
const FILES: FilesShown = {
  to: [
    { id: id('1'), name: 'Mia Jansen' },
    { id: id('2'), name: 'محمد' },
  ],
  transfers: [
    file('1', { state: 'offered', mine: false, name: LONG, until: Date.now() + 25_000 }),
    file('2', { state: 'offered', until: Date.now() + 25_000, name: 'driver.zip' }),
    file('3', { size: 310 * MB, name: 'backup.tar.gz' }),
    file('4', { name: 'log.txt', size: 5.2 * MB }),
    file('5', { state: 'done', mine: false, name: 'photo.jpg', sha256: 'ab'.repeat(32) }),
    file('6', { state: 'over', why: 'refused', name: 'setup.exe' }),
    file('7', { state: 'over', why: 'stopped', fault: 'storage', name: 'film.mkv', size: 7e9 }),
  ],
  earlier: [],
};

/** As they stand after a reload, in a session that was taken over: what was received can be saved, what was sent wants its file once more. */
export const FILES_KEPT = {
  ...NOTHING_ON,
  files: {
    ...FILES,
    earlier: EARLIER,
    transfers: FILES.transfers.filter(({ id: one }) => one === id('4') || one === id('5')),
  },
};

export const FILES_ON = { ...NOTHING_ON, files: FILES };

export const FILE_PARTS: FileParts = {
  moving: signal<ReadonlyMap<string, FileMoving>>(
    new Map([
      [id('3'), { bytes: 120 * MB, perSecond: 3.4 * MB }],
      [id('4'), { bytes: 0, perSecond: 0, lacksFile: true }],
      [id('5'), { bytes: 48 * MB, perSecond: 0, file: new Blob(['photo']) }],
    ]),
  ),
  offer: async () => ({ ok: false, error: 'file-blocked' }),
  again: async () => ({ ok: false, error: 'another-file' }),
};
