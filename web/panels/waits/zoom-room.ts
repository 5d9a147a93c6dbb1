import { bindGestures } from '../gestures.js';
import { textScale } from '../text-scale.js';

const step = 1.25;
const largest = 4;
/** Further out than this only to fit. */
const smallest = 0.25;

/** A room that a picture fits, until someone zooms; then it scrolls. */
export class ZoomRoom {
  readonly #room: HTMLElement;
  readonly #picture: SVGSVGElement;
  readonly #onChange: () => void;
  #width = 1;
  #height = 1;
  /** Undefined: as it fits. */
  #chosen: number | undefined;

  /** `onChange` is called when `fits` may have changed. */
  constructor(room: HTMLElement, picture: SVGSVGElement, onChange: () => void) {
    this.#room = room;
    this.#picture = picture;
    this.#onChange = onChange;
    room.addEventListener('keydown', (event) => this.#press(event));
    bindGestures(room, {
      zoom: (factor, at) => this.#zoom(factor, at),
      pan: (x, y) => room.scrollBy(x, y),
    });
  }

  get fits(): boolean {
    return this.#chosen === undefined;
  }

  /** The picture's own size, or the room's, has changed. */
  show(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.#resize();
  }

  fit(): void {
    this.#chosen = undefined;
    this.#resize();
    this.#onChange();
  }

  closer(): void {
    this.#zoom(step, this.#middle());
  }

  wider(): void {
    this.#zoom(1 / step, this.#middle());
  }

  /** The point of the picture at this place of the room stays there. */
  #zoom(factor: number, at: { x: number; y: number }): void {
    const before = this.#placed();
    const fraction = { x: (at.x - before.x) / before.width, y: (at.y - before.y) / before.height };
    const scale = this.#scale() * factor;
    this.#chosen = Math.min(largest, Math.max(Math.min(smallest, this.#fitting()), scale));
    this.#resize();
    const after = this.#placed();
    this.#room.scrollBy(after.x + fraction.x * after.width - at.x, after.y + fraction.y * after.height - at.y);
    this.#onChange();
  }

  #scale(): number {
    return this.#chosen ?? this.#fitting();
  }

  /** Never above its own size, which is that of its text. */
  #fitting(): number {
    // With the room of the scroll bars, which go when it fits.
    const { offsetWidth, offsetHeight } = this.#room;
    return Math.min(textScale(), offsetWidth / this.#width, offsetHeight / this.#height);
  }

  #resize(): void {
    const scale = this.#scale();
    this.#picture.setAttribute('width', String(Math.floor(this.#width * scale)));
    this.#picture.setAttribute('height', String(Math.floor(this.#height * scale)));
    this.#picture.setAttribute('viewBox', `0 0 ${Math.ceil(this.#width)} ${Math.ceil(this.#height)}`);
  }

  /** Where the picture is in the room's window. */
  #placed(): DOMRect {
    const room = this.#room.getBoundingClientRect();
    const { x, y, width, height } = this.#picture.getBoundingClientRect();
    return new DOMRect(x - room.x, y - room.y, Math.max(1, width), Math.max(1, height));
  }

  #middle(): { x: number; y: number } {
    return { x: this.#room.clientWidth / 2, y: this.#room.clientHeight / 2 };
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case '+':
      case '=':
        this.closer();
        break;
      case '-':
        this.wider();
        break;
      case 'f':
      case 'F':
        this.fit();
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}
