import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, UserError } from '../../tools/process.mjs';

const nativeProgram = join(root, 'build/native-release/tests/bench/bench');
const pythonProgram = join(root, 'tests/bench/peers/asyncio_peer.py');

/** @typedef {import('./statistics.mjs').Sample} Sample */

/**
 * @param {string} name
 * @param {number} seconds
 * @returns {Promise<Sample>}
 */
export function measureNative(name, seconds) {
  return measure(nativeProgram, [name, String(seconds)]);
}

/**
 * @param {string} name
 * @param {number} seconds
 * @returns {Promise<Sample>}
 */
export function measureCpython(name, seconds) {
  return measure('python3', [pythonProgram, name, String(seconds)]);
}

/** The version that `python3` reports; undefined if there is no python3. */
export async function pythonVersion() {
  try {
    return (await output('python3', ['--version'])).trim();
  } catch {
    return undefined;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Sample>}
 */
async function measure(command, args) {
  return JSON.parse(await output(command, args));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>}
 */
function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => reject(new UserError(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new UserError(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}:\n${stderr}`));
    });
  });
}
