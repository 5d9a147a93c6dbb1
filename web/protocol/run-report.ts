import type { Outcome } from './program.js';

/** How a Run ended, seen from the page: the program's outcome, or why there was no program. */
export type RunOutcome =
  | Outcome
  | { type: 'compile-error'; errors: number }
  /** A newer Run replaced this one. */
  | { type: 'replaced' }
  /** The compiler or the page itself failed. */
  | { type: 'failed'; message: string };

/** Milliseconds; compile and link are measured by the compiler, the others from the click. */
export interface RunTimings {
  compileMs?: number;
  linkMs?: number;
  firstOutputMs?: number;
  totalMs: number;
}
