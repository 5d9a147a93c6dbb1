import type { ProgramClock } from './clock.js';
import type { EventLoop } from './event-loop.js';
import type { InFlight } from './in-flight.js';

/** Event-loop turns within which the page's own net answers, unless it sleeps. */
const SETTLING_TURNS = 4;
/** A program that leaps from timer to timer receives messages at least this often. */
const LONGEST_HOLD_MS = 8;

/** The part of the browser's event loop that is used. */
export type Turns = Pick<
  EventLoop,
  'wait' | 'sleep' | 'wake' | 'listen' | 'endListening' | 'awake' | 'pass' | 'turn' | 'sinceLastTurn'
>;

/** Lets the program wait by its clock: in real time, or by a leap. */
export class Pace {
  readonly #loop: Turns;
  readonly #clock: ProgramClock;
  readonly #inFlight: InFlight;

  constructor(loop: Turns, clock: ProgramClock, inFlight: InFlight) {
    this.#loop = loop;
    this.#clock = clock;
    this.#inFlight = inFlight;
  }

  /** Waits `seconds` of the program's clock, or until wake(). Undefined: the time has passed already. */
  wait(seconds: number): Promise<void> | undefined {
    const { rate } = this.#clock;
    if (rate > 0) return this.#loop.wait(seconds / rate);
    if (seconds <= 0) return this.#loop.wait(0);
    if (this.#mayLeapAtOnce(seconds)) {
      this.#leap(seconds);
      return undefined;
    }
    return this.#waitStill(this.#clock.peek() + seconds * 1000);
  }

  /** Like wait(), but nothing ends it early. */
  sleep(seconds: number): Promise<void> | undefined {
    const { rate } = this.#clock;
    if (rate > 0) return this.#loop.sleep(seconds / rate);
    this.#leap(seconds);
    return this.#loop.turn();
  }

  wake(): void {
    this.#loop.wake();
  }

  #leap(seconds: number): void {
    this.#clock.advanceTo(this.#clock.peek() + seconds * 1000);
  }

  #mayLeapAtOnce(seconds: number): boolean {
    const { watched, real } = this.#inFlight;
    return (
      watched === 0 &&
      real === 0 &&
      this.#clock.nextSleeper === Infinity &&
      seconds !== Infinity &&
      this.#loop.sinceLastTurn < LONGEST_HOLD_MS
    );
  }

  /** On a stopped clock: pending operations come first, then the next of all sleepers. */
  async #waitStill(deadline: number): Promise<void> {
    const loop = this.#loop;
    const clock = this.#clock;
    loop.listen();
    for (;;) {
      for (let turn = 0; turn < SETTLING_TURNS && !loop.awake; turn += 1) await loop.turn();
      if (loop.awake) break;
      const next = Math.min(deadline, clock.nextSleeper);
      if (this.#inFlight.real > 0) await this.#passReally(next);
      else if (next === Infinity) await loop.pass(Infinity);
      else clock.advanceTo(next);
      // The page resumed it.
      if (loop.awake || clock.rate > 0 || clock.peek() >= deadline) break;
    }
    loop.endListening();
  }

  /** While network or user input is pending, time passes in real time. */
  async #passReally(until: number): Promise<void> {
    const clock = this.#clock;
    const before = performance.now();
    await this.#loop.pass((until - clock.peek()) / 1000);
    clock.advanceTo(Math.min(until, clock.peek() + performance.now() - before));
  }
}
