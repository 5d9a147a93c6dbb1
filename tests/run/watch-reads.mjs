import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import workerThreads from 'node:worker_threads';

/** Functions that take the path of a file to read or look up. */
const readers = /** @type {const} */ ([
  ...['readFileSync', 'readFile', 'createReadStream', 'openSync', 'open', 'readdirSync', 'readdir', 'existsSync'],
  ...['cpSync', 'cp', 'copyFileSync', 'copyFile', 'openAsBlob'],
]);
const promisedReaders = /** @type {const} */ (['readFile', 'open', 'readdir', 'cp', 'copyFile']);
const starters = /** @type {const} */ (['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']);

/**
 * @typedef {object} Seen
 * @property {Set<string>} paths that were read, listed or looked up
 * @property {boolean} tools whether a tool or a thread was started, whose reads are unknown
 */

/**
 * Records what the code of this process reads from now on. A browser is not a tool here: it reads what this process
 * serves.
 * @returns {{ seen: Seen, stop: () => void }}
 */
export function watchReads() {
  /** @type {Seen} */
  const seen = { paths: new Set(), tools: false };
  /** @type {(() => void)[]} */
  const undo = [];
  const note = (/** @type {unknown[]} */ [path]) => {
    if (typeof path === 'string' || Buffer.isBuffer(path)) seen.paths.add(resolve(String(path)));
    else if (path instanceof URL) seen.paths.add(fileURLToPath(path));
  };
  const noteTool = (/** @type {unknown[]} */ [command]) => {
    if (!/chrom/.test(basename(String(command)))) seen.tools = true;
  };

  for (const name of readers) undo.push(callBefore(fs, name, note));
  for (const name of promisedReaders) undo.push(callBefore(fs.promises, name, note));
  for (const name of starters) undo.push(callBefore(childProcess, name, noteTool));
  undo.push(callBefore(workerThreads, 'Worker', () => (seen.tools = true)));
  syncBuiltinESMExports();

  return {
    seen,
    stop() {
      for (const step of undo) step();
      syncBuiltinESMExports();
    },
  };
}

/**
 * @template {object} O
 * @param {O} object
 * @param {keyof O} name
 * @param {(args: unknown[]) => void} note
 * @returns {() => void} restores the function
 */
function callBefore(object, name, note) {
  const original = /** @type {Function} */ (object[name]);
  const called = (/** @type {unknown[]} */ args) => {
    note(args);
    return args;
  };
  object[name] = /** @type {any} */ (
    new Proxy(original, {
      apply: (target, self, args) => Reflect.apply(target, self, called(args)),
      construct: (target, args, made) => Reflect.construct(target, called(args), made),
    })
  );
  return () => {
    object[name] = /** @type {any} */ (original);
  };
}
