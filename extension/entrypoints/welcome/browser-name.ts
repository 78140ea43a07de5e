/** What the agent's list of devices shows for this browser: "Firefox, Linux". A proper name, so in no language. */
export function browserName(agent: string = navigator.userAgent): string {
  const browser = /Firefox|Edg|OPR|Chrom/.exec(agent)?.[0] ?? '';
  const names: Record<string, string> = { Chrom: 'Chrome', Edg: 'Edge', OPR: 'Opera' };
  const system = /Windows|Mac OS X|CrOS|Android|Linux/.exec(agent)?.[0] ?? '';
  const systems: Record<string, string> = { 'Mac OS X': 'macOS', CrOS: 'ChromeOS' };
  return [names[browser] ?? browser, systems[system] ?? system].filter((part) => part !== '').join(', ');
}
