// @ts-check
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countClosingLine, countJest, countJunit, tallyOf } from './tally.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(root, 'build/test-reports');

/**
 * Runs a command whose output the user sees; gives its exit code, null if a signal ended it.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number | null>}
 */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', resolve);
  });
}

/**
 * Configures, builds and tests one CMake preset.
 * @param {string} preset
 */
export async function testPreset(preset) {
  const report = freshReport(`${preset}.xml`);
  for (const args of [
    ['--preset', preset],
    ['--build', '--preset', preset],
  ]) {
    const code = await run('cmake', args);
    if (code !== 0) return tallyOf(preset, undefined, code);
  }
  // The whole output, for GoogleTest's own counts are at its end.
  const size = ['--test-output-size-passed', '10000000', '--test-output-size-failed', '10000000'];
  const code = await run('ctest', ['--preset', preset, '--output-junit', report, '--no-tests=error', ...size]);
  return tallyOf(preset, read(report, countJunit), code);
}

/**
 * Runs one Jest project.
 * @param {string} name
 * @param {string[]} options
 */
export async function testJest(name, options = []) {
  const report = freshReport(`jest-${name}.json`);
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const code = await run(process.execPath, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--selectProjects',
    name,
    '--json',
    `--outputFile=${report}`,
    // The report is written by then; what a test left open must not keep the others from their turn.
    '--forceExit',
    ...options,
  ]);
  return tallyOf(`Jest ${name}`, read(report, countJest), code);
}

/** Replays CPython's traces on both builds. */
export async function testConformance() {
  const { code, text } = await runHearing(process.execPath, ['tests/conformance/run.mjs']);
  return tallyOf('conformance', countClosingLine(text), code);
}

/**
 * Runs a command whose output the user sees; gives its exit code and what it printed.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, text: string }>}
 */
function runHearing(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on('close', (code) => resolve({ code, text }));
  });
}

/**
 * A check that passes or fails as a whole.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 */
export async function check(name, command, args) {
  const code = await run(command, args);
  return tallyOf(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, code);
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
