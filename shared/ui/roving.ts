/** The arrow keys' way through a row or column of controls (WAI-ARIA patterns): where `key` leads from `at`, of `count`. */
export function arrowTo(
  key: string,
  at: number,
  count: number,
  orientation: 'horizontal' | 'vertical',
): number | undefined {
  const [back, on] = orientation === 'horizontal' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  switch (key) {
    case back:
      return (at - 1 + count) % count;
    case on:
      return (at + 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
