import { makeToast, type Remedy } from '../page/toast.js';

const most = 3;

/** Notices that need no answer. One that offers something to do stays until it is closed or replaced; others pass. */
export class Notices {
  readonly #root: HTMLElement;
  readonly #shown = new Map<string, HTMLElement>();

  constructor(root: HTMLElement) {
    this.#root = root;
    const { ownerDocument: page } = root;
    // A notice must not pass while nobody looks.
    page.addEventListener('visibilitychange', () => root.toggleAttribute('data-unseen', page.hidden));
    root.toggleAttribute('data-unseen', page.hidden);
  }

  say(message: string, remedy?: Remedy): void {
    this.#close(message);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size >= most && oldest !== undefined) this.#close(oldest);
    const close = (): void => this.#close(message);
    const notice = makeToast(remedy === undefined ? 'notice passing' : 'notice', message, close, remedy);
    // Its time is the style's, which stops it while the notice is pointed at or has the focus.
    notice.addEventListener('animationend', close);
    this.#shown.set(message, notice);
    this.#root.append(notice);
  }

  #close(message: string): void {
    this.#shown.get(message)?.remove();
    this.#shown.delete(message);
  }
}
