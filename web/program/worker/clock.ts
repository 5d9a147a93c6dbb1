import type { Clock as Mode } from '../../protocol/program.js';
import type { Clock } from './net/clock.js';

/** Of the clock `slow`: so much of each real millisecond. */
const SLOW_RATE = 0.1;
/** A clock that stands still moves for who looks at it again and again, as a busy wait does: from this look on, by so much. */
const FREE_LOOKS = 1_000_000;
const LOOK_MS = 0.01;

interface Sleeper {
  due: number;
  wake(): void;
}

/**
 * The time that a program sees: it passes as real time does, more slowly, or stands still but for
 * leaps. It never goes back. All times in milliseconds.
 */
export class ProgramClock implements Clock {
  #real: () => number;
  /** Undefined: it stands still. */
  #flow: { value: number; real: number; rate: number } | undefined = { value: 0, real: 0, rate: 1 };
  #value = 0;
  #looks = 0;
  #mode: Mode = 'real';
  #start = { value: 0, date: 0 };
  /** By the time they are due. */
  readonly #sleepers: Sleeper[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(real = (): number => performance.now()) {
    this.#real = real;
  }

  /** Where real time comes from. Only before start(). */
  readFrom(real: () => number): void {
    this.#real = real;
  }

  start(mode: Mode): void {
    this.#mode = mode;
    if (mode === 'real') return;
    const leaps = mode !== 'slow';
    // A clock without real time is the same in each run.
    this.#value = leaps ? 0 : this.#real();
    this.#start = { value: this.#value, date: Date.now() };
    this.#flow = leaps ? undefined : { value: this.#value, real: this.#real(), rate: SLOW_RATE };
  }

  /** Real time, and never stopped. */
  get isReal(): boolean {
    return this.#flow?.real === 0;
  }

  /** How much passes in a real millisecond; 0: it stands still. */
  get rate(): number {
    return this.#flow?.rate ?? 0;
  }

  now(): number {
    if (this.#flow === undefined && ++this.#looks > FREE_LOOKS) this.#value += LOOK_MS;
    return this.peek();
  }

  /** For who only looks on. */
  peek(): number {
    if (this.#flow === undefined) return this.#value;
    const { value, real, rate } = this.#flow;
    return value + (this.#real() - real) * rate;
  }

  /** The time of day, in milliseconds since 1970. */
  date(): number {
    if (this.#start.date === 0) return Date.now();
    return this.#start.date + this.peek() - this.#start.value;
  }

  /** Stands still from now on. */
  hold(): void {
    this.#value = this.peek();
    if (this.#start.date === 0) this.#start = { value: this.#value, date: Date.now() };
    this.#flow = undefined;
    this.#looks = 0;
    clearTimeout(this.#timer);
  }

  /** Passes again as it did before hold(). */
  release(): void {
    if (this.#flow !== undefined || this.#mode === 'fast' || this.#mode === 'paused') return;
    this.#flow = { value: this.#value, real: this.#real(), rate: this.#mode === 'slow' ? SLOW_RATE : 1 };
    this.#setTimer();
  }

  /** Leaps, and wakes who sleeps until then. */
  advanceTo(time: number): void {
    if (this.#flow !== undefined || time < this.#value) return;
    this.#value = time;
    this.#looks = 0;
    this.#wakeDue();
  }

  /** When the next sleeper is due; Infinity when nobody sleeps. */
  get nextSleeper(): number {
    return this.#sleepers[0]?.due ?? Infinity;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const abort = (): void => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal.reason as Error);
      };
      const sleeper: Sleeper = {
        due: this.peek() + milliseconds,
        wake: () => {
          signal.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      const next = this.#sleepers.findIndex(({ due }) => due > sleeper.due);
      this.#sleepers.splice(next < 0 ? this.#sleepers.length : next, 0, sleeper);
      this.#setTimer();
    });
  }

  #wakeDue(): void {
    const now = this.peek();
    while (this.nextSleeper <= now) this.#sleepers.shift()?.wake();
    this.#setTimer();
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    if (this.#flow === undefined || this.#sleepers.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#wakeDue();
    }, (this.nextSleeper - this.peek()) / this.#flow.rate);
  }
}
