import { expect } from '@jest/globals';
import type { Finished } from './program-page.js';

/** What a program printed that ended well and complained of nothing. */
export function outputOf({ outcome, stdout, stderr }: Finished): string {
  expect({ outcome, stderr }).toEqual({ outcome: { type: 'complete', exitCode: 0 }, stderr: '' });
  return stdout;
}

/** The same by lines, without the end of the last one. */
export function printedLines(finished: Finished): string[] {
  return outputOf(finished).trimEnd().split('\n');
}
