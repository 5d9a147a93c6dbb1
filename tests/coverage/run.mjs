/**
 * `npm run coverage`: how much of runtime/ the native tests and the replay of CPython's traces cover, in lines
 * and branches, with one line per file. Fails below 95 % of the lines.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generators, makeCases } from '../conformance/cases.mjs';
import { percent, ranges, readLcov, total } from './lcov.mjs';

const required = 95;
const seeds = 500;
const root = fileURLToPath(new URL('../..', import.meta.url));
const build = join(root, 'build/native-coverage');
const profiles = join(build, 'profiles');
const programs = {
  runtime_tests: join(build, 'tests/runtime/runtime_tests'),
  conformance: join(build, 'tests/conformance/conformance'),
};

process.exitCode = await main();

async function main() {
  if (!shown(process.execPath, ['emsdk-config/setup.mjs', '--for', 'tests'])) return fail('the set-up failed: see above');
  if (!shown('cmake', ['--preset', 'native-coverage'])) return fail('CMake failed: see above');
  if (!shown('cmake', ['--build', '--preset', 'native-coverage', '--target', ...Object.keys(programs)])) return fail('the build failed: see above');
  rmSync(profiles, { recursive: true, force: true });
  mkdirSync(profiles);
  if (!measured('runtime_tests', ['--gtest_brief=1'])) return fail('runtime_tests failed: see above');
  const cases = await Promise.all(generators.map((generator) => makeCases(generator, 1, seeds)));
  if (!measured('conformance', cases)) return fail('the conformance replay failed: see above');
  return report(exported());
}

/**
 * Runs an instrumented program.
 * @param {keyof typeof programs} name
 * @param {string[]} args
 */
function measured(name, args) {
  return shown(programs[name], args, { LLVM_PROFILE_FILE: join(profiles, `${name}.profraw`) });
}

/** The combined coverage of all programs, as lcov. */
function exported() {
  const merged = join(profiles, 'all.profdata');
  const raw = readdirSync(profiles).map((name) => join(profiles, name));
  read('llvm-profdata-22', ['merge', '--sparse', '-o', merged, ...raw]);
  const [first = '', ...others] = Object.values(programs);
  const objects = others.flatMap((program) => ['--object', program]);
  const lcov = read('llvm-cov-22', ['export', '--format=lcov', `--instr-profile=${merged}`, first, ...objects, '--sources', join(root, 'runtime')]);
  writeFileSync(join(build, 'runtime.lcov'), lcov);
  return lcov;
}

/** @param {string} lcov */
function report(lcov) {
  const files = [...readLcov(lcov)].map(([path, coverage]) => ({ name: relative(root, path), coverage }));
  const width = Math.max(...files.map(({ name }) => name.length));
  const row = (/** @type {string} */ name, /** @type {import('./lcov.mjs').Count} */ lines, /** @type {import('./lcov.mjs').Count} */ branches) =>
    `${name.padEnd(width)}  ${figure(lines)}  ${branches.of === 0 ? '' : figure(branches)}`;
  console.log(`\n${''.padEnd(width)}  ${'lines'.padStart(18)}  ${'branches'.padStart(18)}  lines not run`);
  for (const { name, coverage } of files.sort((a, b) => (a.name < b.name ? -1 : 1)))
    console.log(`${row(name, coverage.lines, coverage.branches).padEnd(width + 42)}${ranges(coverage.missed)}`.trimEnd());
  const { lines, branches } = total(files.map(({ coverage }) => coverage));
  console.log(row('all of runtime/', lines, branches));
  console.log('Not measured: runtime/src/browser, which only exists in WebAssembly; the browser tests run it.');
  if (lines.of === 0) return fail('the report contains no lines of runtime/');
  return percent(lines) < required ? fail(`fewer than ${required} % of the lines are covered: add tests for the lines listed above`) : 0;
}

/** @param {import('./lcov.mjs').Count} count */
function figure(count) {
  return `${`${count.run}/${count.of}`.padStart(9)} ${percent(count).toFixed(1).padStart(6)} %`;
}

/**
 * Runs a command with its output shown to the user; returns whether it succeeded.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 */
function shown(command, args, environment = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } }).status === 0;
}

/**
 * The output of a command that must not fail.
 * @param {string} command
 * @param {string[]} args
 */
function read(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** @param {string} message */
function fail(message) {
  console.error(`coverage: ${message}`);
  return 1;
}
