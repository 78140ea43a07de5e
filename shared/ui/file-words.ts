import type { T } from '../locales/messages.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as people read them: powers of 1,000, as the disks' makers count. */
export function sizeText(t: T, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unit = UNITS[power] ?? 'byte';
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(t.language, {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** Seconds as people read them, the larger unit alone. */
export function timeText(t: T, seconds: number): string {
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const whole = Math.max(1, Math.ceil(Number(value)));
  return new Intl.NumberFormat(t.language, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(whole);
}

/** A file's name as it is: signs that turn the direction of writing, or show nothing, are written out. */
export function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** The last ending, which says what a system does with it; '' with none. */
export function endingOf(name: string): string {
  const found = /\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '';
  return found === name ? '' : plainName(found);
}
