/** Of what a form holds, what differs from when it was opened: what somebody else has changed meanwhile stays so. */
export function changedIn<Values extends object>(now: Values, before: Values): Partial<Values> {
  const names = Object.keys(now) as (keyof Values)[];
  const changed = names.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
  return Object.fromEntries(changed.map((name) => [name, now[name]])) as Partial<Values>;
}
