/** What was asked of the page around, for the tests to read. */
export function told(what: unknown): void {
  const { dataset } = document.documentElement;
  dataset.sent = JSON.stringify([...JSON.parse(dataset.sent ?? '[]'), what]);
}
