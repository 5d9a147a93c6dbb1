import type { Outcome } from '../../protocol/program.js';
import { EXIT_CODES } from './crash.js';

const CLOSED: Outcome = {
  type: 'crash',
  exitCode: EXIT_CODES.abort,
  message: 'The program closed its own worker: self.close() ends the program at once, without destructors or cleanup.',
};

/**
 * Replaces the worker's own close(), which would leave the page waiting for a dead program. `tell` notifies the page,
 * which terminates the worker.
 */
export function tellOfClose(scope: object, tell: (outcome: Outcome) => void): void {
  Object.defineProperty(scope, 'close', { value: () => tell(CLOSED), configurable: false, writable: false });
}
