import { browserMemory } from '../keep/browser-storage.js';

const key = 'asyncio:editor-share';
const usual = 55;
const step = 2;

/** The separator between editor and output: dragged, moved by arrow keys, reset by a double click; its place is kept. */
export class Splitter {
  readonly #separator: HTMLElement;
  readonly #area: HTMLElement;
  #share = usual;

  constructor(separator: HTMLElement, area: HTMLElement) {
    this.#separator = separator;
    this.#area = area;
    const kept = Number(browserMemory.get(key) ?? usual);
    this.#move(Number.isFinite(kept) ? kept : usual);
    separator.addEventListener('pointerdown', (event) => this.#grab(event));
    separator.addEventListener('pointermove', (event) => this.#drag(event));
    for (const type of ['pointerup', 'pointercancel'] as const) separator.addEventListener(type, () => this.#release());
    separator.addEventListener('dblclick', () => this.#set(usual));
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
    const { left, width } = this.#area.getBoundingClientRect();
    this.#move(((event.clientX - left) / width) * 100);
  }

  #release(): void {
    if (this.#separator.dataset['dragged'] === undefined) return;
    delete this.#separator.dataset['dragged'];
    this.#set(this.#share);
  }

  #press(event: KeyboardEvent): void {
    const to = { ArrowLeft: this.#share - step, ArrowRight: this.#share + step, Home: least, End: most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#set(to);
  }

  #set(share: number): void {
    this.#move(share);
    browserMemory.set(key, String(this.#share));
  }

  #move(share: number): void {
    this.#share = Math.min(most, Math.max(least, Math.round(share * 10) / 10));
    this.#area.style.setProperty('--editor-share', `${this.#share}fr`);
    this.#area.style.setProperty('--output-share', `${100 - this.#share}fr`);
    this.#separator.setAttribute('aria-valuenow', String(Math.round(this.#share)));
  }
}

/** Percent. */
const least = 20;
const most = 80;
