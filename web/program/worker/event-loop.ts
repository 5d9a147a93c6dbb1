/** Browsers clamp nested timers, from the fifth level on, to at least this delay. */
const CLAMP_MS = 4;
/** A wait ended by JavaScript's microtask queue needs no event-loop turn, unless the last one was this long ago. */
const LONGEST_HOLD_MS = 8;
/** About as many microtasks as an already available answer takes. */
const JOBS = 64;
/** The maximum delay of setTimeout. */
const LONGEST_MS = 2 ** 31 - 1;

/** Lets the program wait on the browser's event loop. One wait at a time. */
export class EventLoop {
  readonly #channel = new MessageChannel();
  readonly #turns: (() => void)[] = [];
  #wakeable = false;
  #awake = false;
  #endTimer: (() => void) | undefined;
  #lastTurn = performance.now();

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#lastTurn = performance.now();
      this.#turns.shift()?.();
    };
  }

  /** One turn of the browser's event loop, in which messages arrive. Faster than a timer of 0 ms. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#turns.push(resolve);
      this.#channel.port2.postMessage(null);
    });
  }

  /** Waits `seconds`, or until wake(). Turns are frequent enough for messages to arrive. */
  async wait(seconds: number): Promise<void> {
    this.listen();
    await this.pass(seconds);
    this.endListening();
  }

  /** From here on wake() takes effect; a wait of several parts loses none between them. */
  listen(): void {
    this.#awake = false;
    this.#wakeable = true;
  }

  /** One part of a wait after listen(). */
  async pass(seconds: number): Promise<void> {
    if (seconds > 0) await this.#soon();
    if (!this.#awake) await this.#until(performance.now() + seconds * 1000);
  }

  get awake(): boolean {
    return this.#awake;
  }

  endListening(): void {
    this.#wakeable = false;
  }

  /** Milliseconds since messages could last arrive. */
  get sinceLastTurn(): number {
    return performance.now() - this.#lastTurn;
  }

  /** Like wait(), but nothing ends it early. */
  async sleep(seconds: number): Promise<void> {
    this.#awake = false;
    await this.#until(performance.now() + seconds * 1000);
  }

  /** Lets pending microtasks end the wait, usually without a turn. */
  async #soon(): Promise<void> {
    if (performance.now() - this.#lastTurn > LONGEST_HOLD_MS) await this.turn();
    for (let job = 0; job < JOBS && !this.#awake; job += 1) await Promise.resolve();
  }

  async #until(deadline: number): Promise<void> {
    if (this.#awake) return;
    do {
      // A timer set by a message is not nested in another timer.
      if (deadline - performance.now() <= CLAMP_MS) await this.turn();
      const left = deadline - performance.now();
      if (left >= 1 && !this.#awake) await this.#timer(left);
    } while (!this.#awake && performance.now() < deadline);
  }

  /** Ends the current wait. */
  wake(): void {
    if (!this.#wakeable) return;
    this.#awake = true;
    this.#endTimer?.();
  }

  #timer(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#endTimer = resolve;
      // A timer that never fires would only cost time.
      if (ms === Infinity) return;
      const timer = setTimeout(() => {
        this.#lastTurn = performance.now();
        resolve();
      }, Math.min(ms, LONGEST_MS));
      this.#endTimer = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
