import type { Offer, QueueName, Transferees } from '../../../shared/protocol/relay-api.ts';
import { id } from './id.ts';

/** What is offered, and to whom it may be: as the relay would tell it, with long and foreign names. */
const NOW = Date.now();
const SECOND = 1000;
const PRINTERS: QueueName = { en: 'Printers', nl: 'Printers' };
export const LONG_QUEUE: QueueName = {
  en: 'Accounting, payroll and everything about annual statements',
  nl: 'Boekhouding, salarisadministratie en alles over jaarrekeningen',
};

function offer(change: Partial<Offer> = {}): Offer {
  return {
    id: id(`offer ${change.from ?? 'Bob'}`),
    session: id('offered session'),
    from: 'Bob 🙂 Bakker',
    mine: false,
    customers: ['Ömer Kaya'],
    message: 'Second call on this one; he has reset the spooler already.',
    to: { is: 'queue', id: id('printers'), name: PRINTERS },
    at: NOW - 42 * SECOND,
    lapsesAt: NOW + 78 * SECOND,
    state: { is: 'waiting' },
    ...change,
  };
}

export const OFFERED = offer();
const CUSTOMER = 'Wilhelmina Alexandra van Oranje-Nassau van den Hoogenband-Schimmelpenninck';
export const LONG_OFFER = offer({
  from: 'مريم الزهراء',
  customers: [CUSTOMER, 'نور', 'Mia'],
  message: `She speaks only Dutch.\n${'a'.repeat(120)}\n${'So far we have looked at the settings. '.repeat(5)}`,
  to: { is: 'queue', id: id('long'), name: LONG_QUEUE },
  at: NOW - 3725 * SECOND,
});
export const TO_ME = offer({ from: 'Cas', to: { is: 'agents', names: ['Ann de Vries', 'Cas'] } });
const TAKEN_BY = { is: 'taken', me: false } as const;
export const TAKEN = offer({ from: 'Dina', state: { ...TAKEN_BY, by: 'Eva' } });
export const TAKEN_LONG = offer({ from: 'Cas', state: { ...TAKEN_BY, by: CUSTOMER } });
export const TAKEN_ARABIC = offer({ from: 'Noor', state: { ...TAKEN_BY, by: 'مريم الزهراء' } });
export const OVER = offer({ from: 'Mo', customers: [CUSTOMER, 'نور', 'Mia'], state: { is: 'over' } });
export const SENT = offer({ from: 'Ann de Vries', mine: true, customers: ['Mia Jansen', 'Noor'] });
export const NOBODY = offer({
  ...SENT,
  id: id('nobody'),
  state: { is: 'nobody' },
  to: { is: 'agents', names: ['Bob 🙂 Bakker', 'مريم الزهراء', CUSTOMER] },
});
export const TAKEN_BACK = offer({ ...TAKEN, id: id('back'), state: { ...TAKEN_BY, by: 'Dina' } });
export const SENT_TAKEN = offer({ ...SENT, id: id('sent taken'), state: { ...TAKEN_BY, by: 'Eva' } });

const agent = (name: string, available: boolean, email = `${id(name).slice(0, 6)}@support.example.org`) => ({
  ...{ id: id(email), name, email, available },
});
export const TRANSFEREES: Transferees = {
  queues: [
    { id: id('printers'), name: PRINTERS, available: 2, waiting: 1, longest: NOW - 200 * SECOND },
    { id: id('long'), name: LONG_QUEUE, available: 0, waiting: 0 },
    { id: id('vpn'), name: { en: 'Working from home', nl: 'Thuiswerken' }, available: 11, waiting: 0 },
  ],
  agents: [
    agent('Bob 🙂 Bakker', false),
    agent('Eva', true),
    agent('مريم الزهراء', true),
    agent(CUSTOMER, false),
    agent('Cas', true, 'cas@support.example.org'),
    agent('Cas', false, `${'cas'.repeat(20)}@support.example.org`),
  ],
  now: NOW,
};
