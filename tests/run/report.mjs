import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { slowest, sum } from './tally.mjs';

/** Limits of what is shown of a failed test, and of a log if it is not known which tests in it failed. */
const shownOfTest = 60;
const shownOfLog = 400;

/**
 * Shows what failed, what took longest, and the counts; says whether all passed.
 * @param {(import('./tally.mjs').Tally & { logs: string[] })[]} tallies
 * @param {(text: string) => void} say
 */
export function reportTests(tallies, say) {
  for (const { name, failed, problem, logs, broken = [] } of tallies) {
    if (failed === 0) continue;
    say(`\n== ${name}: ${failed} failed${problem === undefined ? '' : ` (${problem})`} ==`);
    for (const { name: test, message } of broken) say(`-- ${test} --\n${lastLines(message, shownOfTest)}`);
    for (const log of logs) {
      if (broken.length > 0) say(`The whole log: ${relative(root, log)}`);
      else say(`-- ${relative(root, log)}, its end --\n${lastLines(readFileSync(log, 'utf8'), shownOfLog)}`);
    }
  }
  say('\nThe slowest tests:');
  for (const { name, seconds } of slowest(tallies, 10)) say(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  say('');
  const broken = tallies.flatMap((tally) => tally.broken ?? []);
  if (broken.length > 0) say(`The tests that failed:\n${broken.map(({ name }) => `  ${name}`).join('\n')}\n`);
  const { passed, failed } = sum(tallies);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
