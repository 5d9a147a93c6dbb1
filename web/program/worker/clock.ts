import type { Clock as Mode } from '../../protocol/program.js';
import type { Clock } from './net/clock.js';

/** Rate of the clock `slow`: its milliseconds per real millisecond. */
const SLOW_RATE = 0.1;
/** A stopped clock advances for a busy wait, which reads it repeatedly: from this read on, by this much. */
const FREE_LOOKS = 1_000_000;
const LOOK_MS = 0.01;

interface Sleeper {
  due: number;
  wake(): void;
}

/**
 * The time that a program sees: it runs in real time, more slowly, or stands still except for leaps. It never goes back.
 * All times are in milliseconds.
 */
export class ProgramClock implements Clock {
  #real: () => number;
  /** Undefined: the clock is stopped. */
  #flow: { value: number; real: number; rate: number } | undefined = { value: 0, real: 0, rate: 1 };
  #value = 0;
  #looks = 0;
  #mode: Mode = 'real';
  #start = { value: 0, date: 0 };
  /** Sorted by due time. */
  readonly #sleepers: Sleeper[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(real = (): number => performance.now()) {
    this.#real = real;
  }

  /** The source of real time. Call only before start(). */
  readFrom(real: () => number): void {
    this.#real = real;
  }

  start(mode: Mode): void {
    this.#mode = mode;
    if (mode === 'real') return;
    const leaps = mode !== 'slow';
    // A clock without real time starts the same in each run.
    this.#value = leaps ? 0 : this.#real();
    this.#start = { value: this.#value, date: Date.now() };
    this.#flow = leaps ? undefined : { value: this.#value, real: this.#real(), rate: SLOW_RATE };
  }

  /** Real time, never stopped. */
  get isReal(): boolean {
    return this.#flow?.real === 0;
  }

  /** Milliseconds per real millisecond; 0: stopped. */
  get rate(): number {
    return this.#flow?.rate ?? 0;
  }

  now(): number {
    if (this.#flow === undefined && ++this.#looks > FREE_LOOKS) this.#value += LOOK_MS;
    return this.peek();
  }

  /** For observers: does not count as a read. */
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

  /** Stops the clock. */
  hold(): void {
    this.#value = this.peek();
    if (this.#start.date === 0) this.#start = { value: this.#value, date: Date.now() };
    this.#flow = undefined;
    this.#looks = 0;
    clearTimeout(this.#timer);
  }

  /** Resumes as before hold(). */
  release(): void {
    if (this.#flow !== undefined || this.#mode === 'fast' || this.#mode === 'paused') return;
    this.#flow = { value: this.#value, real: this.#real(), rate: this.#mode === 'slow' ? SLOW_RATE : 1 };
    this.#setTimer();
  }

  /** Leaps, and wakes the sleepers that are due by then. */
  advanceTo(time: number): void {
    if (this.#flow !== undefined || time < this.#value) return;
    this.#value = time;
    this.#looks = 0;
    this.#wakeDue();
  }

  /** When the next sleeper is due; Infinity if there is none. */
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
