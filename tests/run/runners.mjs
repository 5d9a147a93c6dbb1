import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { runTool } from '../../emsdk-config/steps/tool.mjs';
import { passedBefore } from './passed-files.mjs';
import { countClosingLine, readJest, readJunit, tallyOf } from './tally.mjs';

/**
 * @typedef {import('../../emsdk-config/steps/steps.mjs').Step} Step
 * @typedef {import('./tally.mjs').Tally} Tally
 */

const reports = join(root, 'build/test-reports');

/**
 * Checks that pass or fail as a whole, two at a time.
 * @param {Step} step
 * @param {[name: string, script: string, ...args: string[]][]} checks
 * @returns {Promise<Tally>}
 */
export async function runChecks(step, checks) {
  const queue = [...checks];
  const tallies = { name: 'types and lint', passed: 0, failed: 0 };
  const work = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const [name, script, ...args] = check;
      const code = await run(step, name, process.execPath, [join(root, 'node_modules', script), ...args]);
      if (code === 0) tallies.passed += 1;
      else tallies.failed += 1;
    }
  };
  await Promise.all([work(), work()]);
  return tallies;
}

/**
 * Builds one CMake preset and runs its tests.
 * @param {Step} step
 * @param {'native-debug' | 'native-frames' | 'native-tsan' | 'wasm-tests'} preset
 */
export async function testPreset(step, preset) {
  const report = freshReport(`${preset}.xml`);
  for (const args of [
    ['--preset', preset],
    ['--build', '--preset', preset],
  ]) {
    const code = await run(step, 'build', 'cmake', args);
    if (code !== 0) return tallyOf(preset, undefined, code);
  }
  // The whole output, since GoogleTest's own counts are at its end.
  const size = ['--test-output-size-passed', '10000000', '--test-output-size-failed', '10000000'];
  const rarely = process.env['ASYNCIO_TESTS'] === 'all' ? [] : ['--label-exclude', 'rarely'];
  const code = await run(step, 'ctest', 'ctest', ['--preset', preset, ...rarely, '--output-junit', report, '--no-tests=error', ...size]);
  return tallyOf(preset, read(report, readJunit), code);
}

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules/jest/bin/jest.js')];

/**
 * Runs those test files of one of Jest's projects that have not passed with the current inputs.
 * @param {Step} step
 * @param {string} project
 * @param {{ workers: number }} options
 * @returns {Promise<Tally>}
 */
export async function testJest(step, project, { workers }) {
  const files = await filesOfProject(step, project);
  const before = new Map(files.map((file) => [file, passedBefore(file)]));
  const toRun = files.filter((file) => before.get(file) === undefined);
  const passed = [...before.values()].reduce((/** @type {number} */ sum, count) => sum + (count ?? 0), 0);
  if (toRun.length === 0) return { name: project, passed, failed: 0, before: passed };

  const report = freshReport(`jest-${project}.json`);
  const code = await run(step, project, process.execPath, [
    ...jest,
    ...['--selectProjects', project, '--json', `--outputFile=${report}`],
    ...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
    // The report is written by then; handles that a test left open must not block the next step.
    '--forceExit',
    ...['--runTestsByPath', ...toRun],
  ]);
  const tally = tallyOf(project, read(report, readJest), code);
  return { ...tally, passed: tally.passed + passed, before: passed };
}

/**
 * @param {Step} step
 * @param {string} project
 * @returns {Promise<string[]>}
 */
async function filesOfProject(step, project) {
  const log = step.log(`${project}-files`);
  const { code, tail } = await runTool(process.execPath, [...jest, '--listTests', '--json', '--selectProjects', project], { log, spawn: { cwd: root } });
  const list = readFileSync(log, 'utf8').split('\n').find((line) => line.startsWith('["'));
  if (code !== 0 || list === undefined) throw new Error(`Jest did not list the tests of ${project}:\n${tail.join('\n')}`);
  return JSON.parse(list);
}

/**
 * Runs a script of the project that ends with its counts.
 * @param {Step} step
 * @param {string} script
 */
export async function testScript(step, script) {
  const log = step.log();
  const { code } = await runTool(process.execPath, [script], { log, spawn: { cwd: root } });
  return tallyOf(script, countClosingLine(readFileSync(log, 'utf8')), code);
}

/**
 * @param {Step} step
 * @param {string} label
 * @param {string} command
 * @param {string[]} args
 */
async function run(step, label, command, args) {
  const { code } = await runTool(command, args, {
    log: step.log(label),
    spawn: { cwd: root },
    onProgress: (counter) => step.line.progress(counter),
  });
  return code;
}

/** @param {string} name */
function freshReport(name) {
  const path = join(reports, name);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  return path;
}

/**
 * @template T
 * @param {string} path
 * @param {(text: string) => T} count
 * @returns {T | undefined}
 */
function read(path, count) {
  try {
    return count(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
