// @ts-check
/** `npm test`: sets up what is missing, runs every test, and ends with `N passed, N failed`. */
import { check, root, run, testConformance, testJest, testPreset } from './run/steps.mjs';
import { sum } from './run/tally.mjs';
import { join } from 'node:path';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const eslint = join(root, 'node_modules/eslint/bin/eslint.js');

/** @type {[name: string, step: () => Promise<import('./run/tally.mjs').Tally>][]} */
const steps = [
  ['types of the page', () => check('types of the page', process.execPath, [tsc, '-p', 'tsconfig.json'])],
  ['types of the workers', () => check('types of the workers', process.execPath, [tsc, '-p', 'tsconfig.worker.json'])],
  ['types of the tests', () => check('types of the tests', process.execPath, [tsc, '-p', 'tsconfig.node.json'])],
  ['lint', () => check('lint', process.execPath, [eslint, '.'])],
  ['Jest web', () => testJest('web')],
  ['native-debug', () => testPreset('native-debug')],
  ['wasm', () => testPreset('wasm')],
  ['conformance', testConformance],
  ['build of the site', () => check('build of the site', process.execPath, ['web/cli/build.mjs', '--quick'])],
  ['build of the guide', () => check('build of the guide', process.execPath, ['web/docs/build.mjs'])],
  ['Jest browser', () => testJest('browser', ['--runInBand'])],
];

if ((await run(process.execPath, ['emsdk-config/setup.mjs'])) !== 0) {
  console.error('\nThe set-up failed: no test was run.');
  finish([{ name: 'set-up', passed: 0, failed: 1 }]);
} else {
  const tallies = [];
  for (const [name, step] of steps) {
    console.log(`\n== ${name} ==`);
    const started = performance.now();
    const tally = await step().catch((error) => ({ name, passed: 0, failed: 1, problem: String(error) }));
    console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s ==`);
    tallies.push(tally);
  }
  finish(tallies);
}

/** @param {import('./run/tally.mjs').Tally[]} tallies */
function finish(tallies) {
  console.log('');
  for (const { name, passed, failed, problem } of tallies) {
    console.log(`${name}: ${passed} passed, ${failed} failed${problem === undefined ? '' : ` (${problem})`}`);
  }
  const { passed, failed } = sum(tallies);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
