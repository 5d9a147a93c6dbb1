/** Keeps an element scrolled to its end while it grows, until the user scrolls up; a button returns to the end. */
export class FollowEnd {
  readonly #root: HTMLElement;
  readonly #button: HTMLButtonElement;
  #following = true;
  #lastTop = 0;

  constructor(root: HTMLElement, button: HTMLButtonElement) {
    this.#root = root;
    this.#button = button;
    root.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    button.addEventListener('click', () => {
      this.follow();
      // The button has been hidden.
      root.focus({ preventScroll: true });
    });
    const resized = new ResizeObserver(() => this.changed());
    resized.observe(root);
    for (const child of root.children) resized.observe(child);
  }

  /** Scrolls to the end from now on, whatever the position. */
  follow(): void {
    this.#following = true;
    this.changed();
  }

  /** Call after each change of the content. */
  changed(): void {
    if (this.#following) {
      this.#root.scrollTop = this.#root.scrollHeight;
      this.#lastTop = this.#root.scrollTop;
    }
    this.#button.hidden = this.#following;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    if (scrollHeight - scrollTop - clientHeight < 24) this.#following = true;
    // New content only moves the end away; only the user scrolls up.
    else if (scrollTop < this.#lastTop) this.#following = false;
    this.#lastTop = scrollTop;
    this.#button.hidden = this.#following;
  }
}
