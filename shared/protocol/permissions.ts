/** "Who may what": one table for the interface (what is absent), the participants (what is refused) and the relay. */
export type Role = 'primary' | 'assistant' | 'customer';

const TABLE = {
  invite: ['primary'],
  admit: ['primary'],
  remove: ['primary'],
  introduce: ['primary'],
  select: ['primary'],
  'show earlier chat': ['primary'],
  transfer: ['primary'],
  end: ['primary'],
  leave: ['assistant', 'customer'],
  chat: ['primary', 'assistant', 'customer'],
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof TABLE;

/** Acts of management carry the session's epoch and are refused when it is old; all others never are. */
export const MANAGEMENT: ReadonlySet<Act> = new Set([
  'invite',
  'admit',
  'remove',
  'introduce',
  'select',
  'show earlier chat',
  'transfer',
  'end',
]);

export function may(role: Role, act: Act): boolean {
  return (TABLE[act] as readonly Role[]).includes(role);
}
