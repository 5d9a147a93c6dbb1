/** Something costly that is kept as long as someone holds it, and a while longer. */
export class Leases {
  readonly #letGo: () => void;
  readonly #idleMs: number | undefined;
  #held = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Without `idleMs` it is never let go. */
  constructor(idleMs: number | undefined, letGo: () => void) {
    this.#idleMs = idleMs;
    this.#letGo = letGo;
  }

  /** Gives what ends the hold; it may be called again. */
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
