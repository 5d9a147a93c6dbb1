/** Keeps a scrolled element at its end while more comes, until someone scrolls up; a button goes back there. */
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
      // The button is gone now.
      root.focus({ preventScroll: true });
    });
    const resized = new ResizeObserver(() => this.changed());
    resized.observe(root);
    for (const child of root.children) resized.observe(child);
  }

  /** From now on, wherever it stands. */
  follow(): void {
    this.#following = true;
    this.changed();
  }

  /** Call after each change of what is inside. */
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
    // What is added only makes the end go away; nobody but a person goes up.
    else if (scrollTop < this.#lastTop) this.#following = false;
    this.#lastTop = scrollTop;
    this.#button.hidden = this.#following;
  }
}
