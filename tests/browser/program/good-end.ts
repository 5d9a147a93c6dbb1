import { expect } from '@jest/globals';
import type { Finished } from './program-page.js';

/** The output of a program that succeeded without a message on stderr. */
export function outputOf({ outcome, stdout, stderr }: Finished): string {
  expect({ outcome, stderr }).toEqual({ outcome: { type: 'complete', exitCode: 0 }, stderr: '' });
  return stdout;
}

/** The same as lines, without the final line break. */
export function printedLines(finished: Finished): string[] {
  return outputOf(finished).trimEnd().split('\n');
}
