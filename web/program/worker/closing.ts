import type { Outcome } from '../../protocol/program.js';
import { EXIT_CODES } from './crash.js';

const CLOSED: Outcome = {
  type: 'crash',
  exitCode: EXIT_CODES.abort,
  message: 'The program closed its own worker: self.close() ends all of it, without destructors and without cleanup.',
};

/**
 * Puts a close() in the place of the worker's own, which would leave the page waiting for a program that is no more.
 * `tell` lets the page know, and the page ends the worker.
 */
export function tellOfClose(scope: object, tell: (outcome: Outcome) => void): void {
  Object.defineProperty(scope, 'close', { value: () => tell(CLOSED), configurable: false, writable: false });
}
