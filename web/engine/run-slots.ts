/** Limits the number of concurrent runs in a page; the others are queued in order of arrival. */
export class RunSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Resolves when it is this run's turn, with a function that releases the slot; undefined when it was aborted first.
   * `onWait` is called when it has to wait.
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
