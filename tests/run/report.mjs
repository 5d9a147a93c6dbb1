import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { slowest, sum } from './tally.mjs';

/** Limits of a log that is shown because something in it failed. */
const shownLines = 1500;

/**
 * Shows what failed, what took longest, and the counts; says whether all passed.
 * @param {(import('./tally.mjs').Tally & { logs: string[] })[]} tallies
 * @param {(text: string) => void} say
 */
export function reportTests(tallies, say) {
  for (const { name, failed, problem, logs } of tallies) {
    if (failed === 0) continue;
    say(`\n== ${name}: ${failed} failed${problem === undefined ? '' : ` (${problem})`} ==`);
    for (const log of logs) {
      const lines = readFileSync(log, 'utf8').split('\n');
      say(`-- ${relative(root, log)}${lines.length > shownLines ? `, its last ${shownLines} lines` : ''} --`);
      say(lines.slice(-shownLines).join('\n'));
    }
  }
  say('\nThe slowest tests:');
  for (const { name, seconds } of slowest(tallies, 10)) say(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  say('');
  const { passed, failed } = sum(tallies);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
