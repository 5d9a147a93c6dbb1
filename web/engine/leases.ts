/** Keeps a costly resource while anyone holds it, and for `idleMs` longer. */
export class Leases {
  readonly #letGo: () => void;
  readonly #idleMs: number | undefined;
  #held = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Without `idleMs` it is never released. */
  constructor(idleMs: number | undefined, letGo: () => void) {
    this.#idleMs = idleMs;
    this.#letGo = letGo;
  }

  /** Returns a function that ends the hold; calling it twice is harmless. */
  hold(): () => void {
    clearTimeout(this.#timer);
    this.#held += 1;
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      this.#held -= 1;
      if (this.#held === 0 && this.#idleMs !== undefined) this.#timer = setTimeout(this.#letGo, this.#idleMs);
    };
  }
}
