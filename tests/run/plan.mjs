// @ts-check
import { runChecks, testConformance, testJest, testPreset } from './runners.mjs';

/**
 * @typedef {object} Test
 * @property {string} title
 * @property {(step: import('../../emsdk-config/steps/steps.mjs').Step) => Promise<import('./tally.mjs').Tally>} run
 */

/** @type {[name: string, script: string, ...args: string[]][]} */
const checks = [
  ['lint', 'eslint/bin/eslint.js', '.'],
  ['types-of-the-page', 'typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['types-of-the-workers', 'typescript/bin/tsc', '-p', 'tsconfig.worker.json'],
  ['types-of-the-tests', 'typescript/bin/tsc', '-p', 'tsconfig.node.json'],
];

/**
 * The tests in the order in which they run: what fails soonest first. Browser tests run two at a time, but for those that
 * measure how long something takes.
 * @param {boolean} all also those that only a release needs
 * @returns {Test[]}
 */
export function plan(all) {
  return [
    { title: 'types and lint', run: (step) => runChecks(step, checks) },
    { title: "the page's parts, in Node", run: (step) => testJest(step, 'web', { workers: 2 }) },
    { title: 'the runtime, natively', run: (step) => testPreset(step, 'native-debug') },
    { title: 'the runtime, as WebAssembly', run: (step) => testPreset(step, 'wasm-tests') },
    { title: "CPython's traces", run: testConformance },
    { title: 'the page in Chromium, what takes its time', run: (step) => testJest(step, 'browser-timed', { workers: 1 }) },
    { title: 'the page in Chromium', run: (step) => testJest(step, 'browser', { workers: 2 }) },
    ...(all ? [{ title: 'other generators and all programs', run: (/** @type {import('../../emsdk-config/steps/steps.mjs').Step} */ step) => testJest(step, 'browser-all', { workers: 1 }) }] : []),
  ];
}
