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
const WIDTH = `calc(100vw - ${2 * GAP}px)`;
const HEIGHT = `calc(100vh - ${2 * GAP}px)`;

/** The element in the page, and in its closed shadow root the frame: what the page can neither read nor restyle. */
export class Host {
  readonly element = document.createElement('div');
  readonly frame = document.createElement('iframe');
  place: Place = { x: 0.5, y: 0 };
  #width = 1;
  #height = 1;

  constructor(src: string) {
    this.frame.src = src;
    this.frame.title = 'Hulplijn';
    this.frame.allow = 'clipboard-write';
    // As large as it may ever get, and the element around it shows what is used: nothing in it wraps or scrolls meanwhile.
    fix(this.frame, {
      display: 'block',
      width: WIDTH,
      height: HEIGHT,
      border: '0',
      'color-scheme': 'light dark', // the same as the page in it, or the browser paints it opaque
    });
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
    this.#width = Math.max(1, width);
    this.#height = Math.max(1, height);
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
    // What it opens is seen whole: where there is too little room, the bar gives way.
    const most = Math.max(0, innerHeight - 2 * GAP - this.#height);
    const from = (share: number) => `${GAP + Math.min(share * this.#roomY, most)}px`;
    const upright = this.up
      ? { top: 'auto', bottom: from(1 - this.place.y) }
      : { top: from(this.place.y), bottom: 'auto' };
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
      'max-width': WIDTH,
      'max-height': HEIGHT,
      margin: '0',
      padding: '0',
      border: '0',
      overflow: 'clip',
      background: 'transparent',
      // Until the framed page has something to show, the page has all its clicks. One pixel it needs: a browser stops
      // the layout of a frame that cannot be seen, and then its size never comes.
      opacity: this.#width > 1 ? '1' : '0',
      'pointer-events': this.#width > 1 ? 'auto' : 'none',
    });
  }

  get #roomX(): number {
    return Math.max(0, innerWidth - 2 * GAP - this.#width);
  }
  get #roomY(): number {
    return Math.max(0, innerHeight - 2 * GAP - BAR);
  }
}
