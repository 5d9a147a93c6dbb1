import { shorten } from '../../protocol/shorten.js';
import type { Remedy } from '../page/problems.js';
import { make, makeButton } from './dom.js';

const most = 3;
const longest = 1_000;

/** A notice that needs no answer. It stays until it is closed or replaced. */
export class Notices {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, HTMLElement>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  say(message: string, remedy?: Remedy): void {
    this.#close(message);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size >= most && oldest !== undefined) this.#close(oldest);
    const notice = make(
      'div',
      'notice',
      make('span', '', shorten(message, longest)),
      ...(remedy === undefined
        ? []
        : [
            makeButton(remedy.label, () => {
              this.#close(message);
              remedy.apply();
            }),
          ]),
      makeButton('Close', () => this.#close(message)),
    );
    this.#shown.set(message, notice);
    this.#root.append(notice);
  }

  #close(message: string): void {
    this.#shown.get(message)?.remove();
    this.#shown.delete(message);
  }
}
