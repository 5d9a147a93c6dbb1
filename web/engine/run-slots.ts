/** Lets so many runs of a page go on at once; the others wait in the order they came. */
export class RunSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Resolves when it is this one's turn, with what gives the turn back; undefined when it was given up before.
   * `onWait` is called when it is not at once.
   */
  async take(signal: AbortSignal, onWait: () => void): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#free > 0) this.#free -= 1;
    else {
      onWait();
      if (!(await this.#turn(signal))) return undefined;
    }
    let held = true;
    return () => {
      if (held) this.#next();
      held = false;
    };
  }

  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const begin = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        resolve(false);
      };
      this.#waiting.push(begin);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #next(): void {
    const begin = this.#waiting.shift();
    if (begin === undefined) this.#free += 1;
    else begin();
  }
}
