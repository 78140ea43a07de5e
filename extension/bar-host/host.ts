/** Every declaration `!important` on the element itself, by CSSOM: stronger than any rule of the page, and no CSP's business. */
function fix(element: HTMLElement, style: Record<string, string>): void {
  for (const name in style) element.style.setProperty(name, style[name] ?? '', 'important');
}

export interface Place {
  x: number; // 0–1 of the room from left to right
  y: number;
}

const GAP = 8; // px kept free at the window's edges
const BAR = 56; // px the bar alone takes, shadow included

/** The element in the page, and in its closed shadow root the frame: what the page can neither read nor restyle. */
export class Host {
  readonly element = document.createElement('div');
  readonly frame = document.createElement('iframe');
  place: Place = { x: 0.5, y: 0 };
  #width = 0;
  #height = 0;

  constructor(src: string) {
    this.frame.src = src;
    this.frame.title = 'Hulplijn';
    this.frame.allow = 'clipboard-write';
    fix(this.frame, { display: 'block', width: '100%', height: '100%', border: '0', 'color-scheme': 'light dark' });
    this.element.popover = 'manual'; // the top layer: above whatever z-index the page has
    this.element.attachShadow({ mode: 'closed' }).append(this.frame);
    this.draw();
  }

  /** Below the middle the bar hangs from its lower edge, and what it opens grows upwards. */
  get up(): boolean {
    return this.place.y > 0.5;
  }

  /** Sizes in CSS px, as the framed page asks. */
  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.draw();
  }

  /** Moves by CSS px and stays inside the window. */
  move(dx: number, dy: number): void {
    const share = (now: number, by: number, room: number) =>
      room > 0 ? Math.min(1, Math.max(0, now + by / room)) : now;
    this.place = { x: share(this.place.x, dx, this.#roomX), y: share(this.place.y, dy, this.#roomY) };
    this.draw();
  }

  draw(): void {
    const upright = this.up
      ? { top: 'auto', bottom: `${GAP + (1 - this.place.y) * this.#roomY}px` }
      : { top: `${GAP + this.place.y * this.#roomY}px`, bottom: 'auto' };
    fix(this.element, {
      all: 'initial',
      display: 'block',
      position: 'fixed',
      'z-index': '2147483647',
      inset: 'auto',
      left: `${GAP + this.place.x * this.#roomX}px`,
      ...upright,
      width: `${this.#width}px`,
      height: `${this.#height}px`,
      'max-width': `calc(100vw - ${2 * GAP}px)`,
      'max-height': `calc(100vh - ${2 * GAP}px)`,
      margin: '0',
      padding: '0',
      border: '0',
      overflow: 'hidden',
      background: 'transparent',
      // Until the framed page has something to show it takes nothing of the page, not even clicks.
      visibility: this.#width ? 'visible' : 'hidden',
    });
  }

  get #roomX(): number {
    return Math.max(0, innerWidth - 2 * GAP - this.#width);
  }
  get #roomY(): number {
    return Math.max(0, innerHeight - 2 * GAP - BAR);
  }
}
