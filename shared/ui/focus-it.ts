/** A `ref`: whatever appears has the focus. */
export function focusIt(element: HTMLElement | null): void {
  element?.focus();
}
