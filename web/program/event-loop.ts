/** Browsers delay a timer that a timer set, from the fifth on, to at least this long. */
const CLAMP_MS = 4;
/** The longest that setTimeout takes. */
const LONGEST_MS = 2 ** 31 - 1;

/** Lets the program wait on the browser's event loop. One wait at a time. */
export class EventLoop {
  readonly #channel = new MessageChannel();
  readonly #turns: (() => void)[] = [];
  #wakeable = false;
  #awake = false;
  #endTimer: (() => void) | undefined;

  constructor() {
    this.#channel.port1.onmessage = () => this.#turns.shift()?.();
  }

  /** One turn of the browser's event loop, in which messages arrive. Faster than a timer of 0 ms. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#turns.push(resolve);
      this.#channel.port2.postMessage(null);
    });
  }

  /** At least one turn; for `seconds`, or until wake(). */
  async wait(seconds: number): Promise<void> {
    this.#wakeable = true;
    await this.sleep(seconds);
    this.#wakeable = false;
  }

  /** Like wait(), but nothing ends it early. */
  async sleep(seconds: number): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    this.#awake = false;
    do {
      // A timer set by a message is not nested in another timer.
      if (deadline - performance.now() <= CLAMP_MS) await this.turn();
      const left = deadline - performance.now();
      if (left >= 1 && !this.#awake) await this.#timer(left);
    } while (!this.#awake && performance.now() < deadline);
  }

  /** Ends the wait under way. */
  wake(): void {
    if (!this.#wakeable) return;
    this.#awake = true;
    this.#endTimer?.();
  }

  #timer(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, LONGEST_MS));
      this.#endTimer = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
