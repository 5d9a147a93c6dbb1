import { browserMemory } from '../keep/browser-storage.js';

export interface Split {
  /** Keeps the first part's share of the area. */
  key: string;
  /** In percent. */
  usual: number;
  /** The properties of the area's style that hold the shares. */
  shares: [first: string, second: string];
  /** Where the parts lie, along the axis, in the window. */
  extent(): { start: number; length: number };
}

const step = 2;
/** Percent. */
const least = 20;
const most = 80;

/** A separator of two parts: dragged, moved by arrow keys, reset by a double click; its place is kept. */
export class Splitter {
  readonly #separator: HTMLElement;
  readonly #area: HTMLElement;
  readonly #split: Split;
  readonly #isUpright: boolean;
  #share: number;

  constructor(separator: HTMLElement, area: HTMLElement, split: Split) {
    this.#separator = separator;
    this.#area = area;
    this.#split = split;
    this.#isUpright = separator.ariaOrientation === 'vertical';
    this.#share = split.usual;
    const kept = Number(browserMemory.get(split.key) ?? split.usual);
    this.#move(Number.isFinite(kept) ? kept : split.usual);
    separator.addEventListener('pointerdown', (event) => this.#grab(event));
    separator.addEventListener('pointermove', (event) => this.#drag(event));
    for (const type of ['pointerup', 'pointercancel'] as const) separator.addEventListener(type, () => this.#release());
    separator.addEventListener('dblclick', () => this.#set(split.usual));
    separator.addEventListener('keydown', (event) => this.#press(event));
  }

  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#separator.setPointerCapture(event.pointerId);
    this.#separator.dataset['dragged'] = '';
    // Text must not be selected meanwhile.
    event.preventDefault();
    this.#separator.focus();
  }

  #drag(event: PointerEvent): void {
    if (!this.#separator.hasPointerCapture(event.pointerId)) return;
    const { start, length } = this.#split.extent();
    this.#move((((this.#isUpright ? event.clientX : event.clientY) - start) / length) * 100);
  }

  #release(): void {
    if (this.#separator.dataset['dragged'] === undefined) return;
    delete this.#separator.dataset['dragged'];
    this.#set(this.#share);
  }

  #press(event: KeyboardEvent): void {
    const [less, more] = this.#isUpright ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const to = { [less]: this.#share - step, [more]: this.#share + step, Home: least, End: most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#set(to);
  }

  #set(share: number): void {
    this.#move(share);
    browserMemory.set(this.#split.key, String(this.#share));
  }

  #move(share: number): void {
    this.#share = Math.min(most, Math.max(least, Math.round(share * 10) / 10));
    const [first, second] = this.#split.shares;
    this.#area.style.setProperty(first, `${this.#share}fr`);
    this.#area.style.setProperty(second, `${100 - this.#share}fr`);
    this.#separator.setAttribute('aria-valuenow', String(Math.round(this.#share)));
  }
}

/** Between the editor and the output. */
export function panesSplitter(separator: HTMLElement, panes: HTMLElement): Splitter {
  return new Splitter(separator, panes, {
    key: 'asyncio:editor-share',
    usual: 55,
    shares: ['--editor-share', '--output-share'],
    extent() {
      const { left, width } = panes.getBoundingClientRect();
      return { start: left, length: width };
    },
  });
}
