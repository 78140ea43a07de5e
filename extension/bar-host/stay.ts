const COMEBACKS = 5;
const WITHIN = 10_000; // ms

type Movable = Element & { moveBefore?: (node: Node, child: Node | null) => void };

/** Elements that show nothing put into them: full-screen, the bar is above such a one, seen but out of reach. */
const NO_ROOM = 'iframe, video, img, canvas, object, embed';

/**
 * Keeps `element` in the document, on top and reachable: inside the topmost modal dialog or full-screen element
 * (everything outside one is inert), and back when the page takes it out: five times in ten seconds, then `gaveUp`.
 */
export function stay(element: HTMLElement, gaveUp: () => void, signal: AbortSignal): void {
  const modals = new Set<Element>(); // and full-screen elements, in the order they opened
  let returns: number[] = [];
  let put = false;

  const raise = (): void => {
    if (element.matches(':popover-open')) element.hidePopover();
    element.showPopover();
  };
  const home = (): Movable => {
    const full = document.fullscreenElement;
    if (full && !full.matches(NO_ROOM)) modals.add(full);
    for (const modal of document.querySelectorAll('dialog:modal')) modals.add(modal);
    for (const modal of modals) {
      if (!modal.isConnected || (modal !== full && !modal.matches('dialog:modal'))) modals.delete(modal);
    }
    return [...modals].pop() ?? document.documentElement;
  };
  const settle = (): void => {
    const parent = home();
    if (element.parentNode === parent) return;
    if (element.isConnected && parent.moveBefore) {
      parent.moveBefore(element, null); // the frame keeps what is in it
    } else {
      if (put && !element.isConnected) {
        const now = Date.now();
        returns = [...returns.filter((at) => at > now - WITHIN), now];
        if (returns.length > COMEBACKS) {
          gaveUp();
          return;
        }
      }
      parent.append(element);
    }
    put = true;
    raise();
    // A page that hides its root hides the top layer with it.
    if (getComputedStyle(document.documentElement).display === 'none') {
      document.documentElement.style.setProperty('display', 'block', 'important');
    }
  };

  const observer = new MutationObserver(settle);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['open'] });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    element.remove();
  });
  const full = () => {
    settle();
    if (element.isConnected) raise();
  };
  document.addEventListener('fullscreenchange', full, { signal });
  // A modal dialog inside somebody's shadow root is seen only when it takes the focus.
  addEventListener(
    'focusin',
    (event) => {
      for (const node of event.composedPath()) {
        if (node instanceof HTMLDialogElement && node.matches(':modal')) modals.add(node);
      }
      settle();
    },
    { capture: true, signal },
  );
  settle();
}
