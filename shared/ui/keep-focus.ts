/** What takes the focus by itself has done so by then, ms. */
const MOMENT_MS = 50;

let watching = false;

/**
 * Whoever works by keyboard never loses their place: when what had the focus is gone (answered, handed over, removed), the
 * heading of what was around it has it; when it only was switched off for a moment, it has it again. Once for a page.
 */
export function keepFocus(): void {
  if (watching) return;
  watching = true;
  let last: HTMLElement | undefined;
  let around: Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    around = [];
    for (let one = target.parentElement; one; one = one.parentElement) around.push(one);
  });
  // A press beside everything takes the focus away on purpose.
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (!(target instanceof Node && last?.contains(target))) last = undefined;
    },
    true,
  );
  const give = () => {
    if (!last || document.activeElement !== document.body || !document.hasFocus()) return;
    if (!last.isConnected) around.map(headingIn).find(Boolean)?.focus({ preventScroll: true });
    else last.focus({ preventScroll: true });
  };
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(give, MOMENT_MS);
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
}

/** It can have the focus from then on, but is not among what Tab goes through. */
function headingIn(place: Element): HTMLElement | undefined {
  if (!place.isConnected) return undefined;
  const shown = [...place.querySelectorAll<HTMLElement>('h1, h2, h3')].filter((one) => one.checkVisibility());
  const heading = shown.find(({ tagName }) => tagName === 'H1') ?? shown[0];
  if (heading) heading.tabIndex = -1;
  return heading;
}
