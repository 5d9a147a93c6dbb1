import type { Outcome } from './program.js';

/** How a click on Run ended, seen from the page: the program's outcome, or why there was no program. */
export type RunOutcome =
  | Outcome
  | { type: 'compile-error'; errors: number }
  /** A newer Run took this one's place. */
  | { type: 'replaced' }
  /** The compiler or the page itself could not do its work. */
  | { type: 'failed'; message: string };

/** Milliseconds; compile and link are the compiler's own, the others count from the click. */
export interface RunTimings {
  compileMs?: number;
  linkMs?: number;
  firstOutputMs?: number;
  totalMs: number;
}
