/** 128 bits in hex, for a fixture of that name. */
export function id(seed: string): string {
  return [...seed]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(32, '0')
    .slice(0, 32);
}
