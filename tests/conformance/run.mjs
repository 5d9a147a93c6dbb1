/**
 * `npm run --silent conformance -- CASES.jsonl [...]`: replays conformance cases on the native and on the wasm
 * build. Without a file: the cases of the seeds 1 to 2000 of all generators, scenario.py, extended_scenario.py and
 * early_scenario.py; `--seeds FIRST LAST` makes those of other seeds, `--seeds FIRST LAST basic`, `extended` or `early`
 * those of one generator.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generators, makeCases } from './cases.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const usage = 'usage: npm run --silent conformance -- CASES.jsonl [...]   or   -- --seeds FIRST LAST [basic|extended|early]';

const builds = [
  { name: 'native', preset: 'native-debug', command: join(root, 'build/native-debug/tests/conformance/conformance'), args: [] },
  { name: 'wasm', preset: 'wasm-tests', command: process.execPath, args: [join(root, 'build/wasm/tests/conformance/conformance.js')] },
];

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  const files = await casesOf(args);
  if (files === undefined) return fail(usage, 2);
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) return fail(`${missing} cannot be read. Make cases with tests/conformance/oracle.mjs.\n${usage}`, 2);
  if (!quietly(process.execPath, ['emsdk-config/setup.mjs'])) return fail('The set-up failed: see above.', 2);
  let [passed, failed] = [0, 0];
  for (const build of builds) {
    if (!quietly('cmake', ['--preset', build.preset]) || !quietly('cmake', ['--build', '--preset', build.preset, '--target', 'conformance']))
      return fail(`The ${build.name} build failed: see above.`, 2);
    const tally = await replay(build, files);
    console.log(`${build.name}: ${tally.passed} passed, ${tally.failed} failed`);
    passed += tally.passed;
    failed += tally.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/**
 * @param {string[]} args
 * @returns {Promise<string[] | undefined>}
 */
async function casesOf(args) {
  if (args.length === 0) return Promise.all(generators.map((generator) => makeCases(generator, 1, 2000)));
  if (args[0] !== '--seeds') return args.map((arg) => resolve(arg));
  const [first, last] = args.slice(1, 3).map(Number);
  const chosen = generators.filter(({ name }) => args[3] === undefined || args[3] === name);
  if (args.length > 4 || first === undefined || last === undefined || chosen.length === 0) return undefined;
  if (!Number.isInteger(first) || !Number.isInteger(last)) return undefined;
  return Promise.all(chosen.map((generator) => makeCases(generator, first, last)));
}

/**
 * Shows the output of a command only if it fails.
 * @param {string} command
 * @param {string[]} args
 */
function quietly(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}\n`);
  return status === 0;
}

/**
 * @param {(typeof builds)[number]} build
 * @param {string[]} files
 * @returns {Promise<{ passed: number, failed: number }>}
 */
function replay(build, files) {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(build.command, [...build.args, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const closing = /(\d+) passed, (\d+) failed\n$/.exec(text);
      const mismatches = closing ? text.slice(0, closing.index) : text;
      process.stdout.write(mismatches);
      // A replayer that died has failed, whatever it printed before.
      if (closing === null) console.log(`the ${build.name} replayer ended with code ${code} in mid-run`);
      resolvePromise(closing ? { passed: Number(closing[1]), failed: Number(closing[2]) } : { passed: 0, failed: 1 });
    });
  });
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  console.error(message);
  return code;
}
