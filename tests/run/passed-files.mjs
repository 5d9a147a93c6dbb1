import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { findChromium } from '../../tools/chromium-place.mjs';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../emsdk-config/steps/files-below.mjs';
import { importsOf } from './imports-of.mjs';

/**
 * Test files that passed need not run again while nothing they read has changed: their sources, the files they read
 * while they ran, and those they served to a browser. A record is written when all tests of a file have passed; records
 * are not used if CI is set.
 */
const folder = join(root, 'build/test-reports/passed-files');

/** Files that no test reads by name, but on which all depend. */
const common = ['package-lock.json', 'jest.config.mjs', 'tests/run'];

/** Everything that a tool started by a test may read: its reads are not recorded. */
const everything = [
  ...['web', 'tools', 'runtime', 'tests', 'examples', 'docs', 'emsdk-config', 'dist', 'build/guide.stamp', 'README.md', 'CMakeLists.txt', 'CMakePresets.json', 'package.json'],
  ...['build/compiler/stamp', 'build/toolchain/emscripten.json', 'build/wasm/web/program'],
];

/** Written by the tests, or not part of the project. */
const unread = /^(?:\.\.|node_modules|\.git|build\/(?:log|test-reports|lock))(?:$|\/)/;

/**
 * @param {string} test the full path of a test file
 * @param {number} passed how many of its tests did: all
 * @param {import('./watch-reads.mjs').Seen} seen
 * @param {number} since when it began, in milliseconds since 1970: it has written newer files itself
 */
export function recordPassed(test, passed, { paths, tools }, since) {
  const inputs = new Set([...importsOf(test), ...[...paths].filter((path) => !isNewer(path, since))].map(nameOf).filter((name) => !unread.test(name)));
  const record = { test: nameOf(test), passed, tools, machine: machine(tools), inputs: Object.fromEntries([...inputs].sort().map((name) => [name, stateOf(name)])) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(recordOf(test), JSON.stringify(record, undefined, 1));
}

/** @param {string} test */
export function forgetPassed(test) {
  rmSync(recordOf(test), { force: true });
}

/**
 * The number of tests of this file that passed with the current inputs; undefined: it has to run.
 * @param {string} test its full path
 * @returns {number | undefined}
 */
export function passedBefore(test) {
  if (process.env['CI'] !== undefined) return undefined;
  try {
    const { passed, tools, machine: then, inputs } = JSON.parse(readFileSync(recordOf(test), 'utf8'));
    const same = then === machine(tools) && Object.entries(inputs).every(([name, state]) => stateOf(name) === state);
    return same ? passed : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} test */
function recordOf(test) {
  return join(folder, `${nameOf(test).replaceAll('/', '-')}.json`);
}

/** @param {string} path */
function nameOf(path) {
  return relative(root, path).split(sep).join('/');
}

/** A cache: the files are assumed not to change while the process lives. */
const known = /** @type {Map<string, string>} */ (new Map());

/**
 * The state of a path: of a file its bytes, of a folder the names in it.
 * @param {string} name
 */
function stateOf(name) {
  let state = known.get(name);
  if (state === undefined) known.set(name, (state = lookAt(join(root, name))));
  return state;
}

/** @param {string} path */
function lookAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  return digest(stat.isDirectory() ? readdirSync(path).sort().join('\n') : readFileSync(path));
}

/**
 * @param {string} path
 * @param {number} since
 */
function isNewer(path, since) {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since;
}

/**
 * The fingerprint of what all tests depend on, with `tools` also of all that a tool may read.
 * @param {boolean} tools
 */
function machine(tools) {
  const names = [...common, ...(tools ? everything : [])].flatMap(filesOf);
  const browser = findChromium();
  const { size, mtimeMs } = statSync(browser);
  return digest([process.version, process.env['ASYNCIO_TESTS'] ?? '', browser, size, mtimeMs, ...names.map(stateOf)].join('\n'));
}

/** @param {string} name */
function filesOf(name) {
  const path = join(root, name);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory()) return [name];
  return filesBelow(path).map(nameOf);
}

/** @param {string | Buffer} bytes */
function digest(bytes) {
  return createHash('sha256').update(bytes).digest('base64url');
}
