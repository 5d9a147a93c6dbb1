import { runChecks, testJest, testPreset, testScript } from './runners.mjs';

/**
 * @typedef {object} Test
 * @property {string} title
 * @property {string[]} [inputs] all its inputs: if it passed with the same ones, it need not run again
 * @property {(step: import('../../emsdk-config/steps/steps.mjs').Step) => Promise<import('./tally.mjs').Tally>} run
 */

/** @type {[name: string, script: string, ...args: string[]][]} */
const checks = [
  ['lint', 'eslint/bin/eslint.js', '.'],
  ...['.', 'web', 'web/compile/worker', 'web/program/worker', 'web/playground/service/worker'].map(typesOf),
];

/**
 * @param {string} folder one with a tsconfig.json
 * @returns {[name: string, script: string, ...args: string[]]}
 */
function typesOf(folder) {
  return [`types-of-${folder.replaceAll('/', '-')}`, 'typescript/bin/tsc', '-p', folder];
}

/** The inputs of the C++ tests. */
const cpp = [
  ...['runtime', 'tests/runtime', 'tests/conformance', 'tests/bench', 'tests/fuzz', 'tests/consume', 'tests/must_not_compile', 'web/program/main-module'],
  ...['web/program/CMakeLists.txt', 'tests/CMakeLists.txt', 'CMakeLists.txt', 'CMakePresets.json', 'emsdk-config/flags.json', 'emsdk-config/flags.cmake'],
  ...['emsdk-config/toolchain.json', 'build/toolchain/emscripten.json'],
  ...['tools/single-header.mjs', 'web/build/single-header', 'examples/02-gather-with-semaphore.cpp', 'examples/02-gather-with-semaphore.out'],
];

/** @type {Test[]} */
const rarelyNeeded = [
  { title: 'the runtime, with checked frames', inputs: cpp, run: (step) => testPreset(step, 'native-frames') },
  { title: 'threads, under ThreadSanitizer', inputs: cpp, run: (step) => testPreset(step, 'native-tsan') },
  { title: 'the page in Chromium, what is rarely needed', run: (step) => testJest(step, 'browser-all', { workers: 1 }) },
  { title: 'the same bytes, built again', run: (step) => testScript(step, 'tests/fresh/same-bytes.mjs') },
];

/**
 * The tests in the order in which they run: those that fail soonest first. Browser tests run two at a time, except
 * those that measure durations.
 * @param {boolean} all includes those that only a release needs
 * @returns {Test[]}
 */
export function plan(all) {
  return [
    { title: 'types and lint', run: (step) => runChecks(step, checks) },
    { title: "the page's parts, in Node", run: (step) => testJest(step, 'web', { workers: 2 }) },
    { title: 'the runtime, natively', inputs: cpp, run: (step) => testPreset(step, 'native-debug') },
    { title: 'the runtime, as WebAssembly', inputs: cpp, run: (step) => testPreset(step, 'wasm-tests') },
    { title: "CPython's traces", inputs: [...cpp, 'package-lock.json'], run: (step) => testScript(step, 'tests/conformance/run.mjs') },
    { title: 'the page in Chromium, what takes its time', run: (step) => testJest(step, 'browser-timed', { workers: 1 }) },
    { title: 'the page in Chromium', run: (step) => testJest(step, 'browser', { workers: 2 }) },
    ...(all ? rarelyNeeded : []),
  ];
}
