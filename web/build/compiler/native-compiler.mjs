/**
 * The page's compiler as a native program: the machine's clang, of the same version, reads the page's files and takes the
 * page's arguments, so its output is compatible, in a fifth of the time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { precompileArguments } from './arguments.mjs';
import { inside, root } from './paths.mjs';
import { trimPrecompiled } from './trim-precompiled.mjs';

/**
 * @typedef {import('../../compile/worker/llvm-bundle.js').FileTree} FileTree
 * @typedef {import('../../compile/worker/llvm.js').LlvmResult} LlvmResult
 */

/** @type {Record<string, string>} */
const tools = { 'clang++': 'clang++-22', 'wasm-ld': 'wasm-ld-22' };

/** The folder of the compiler's own files, in the arguments of the page's compiler. */
const insidePrefix = '/usr/';

const kept = join(root, 'build/native-compiler');

/** Implements the interface of Llvm (../../compile/worker/llvm.ts), which it replaces. */
export class NativeLlvm {
  #folder;

  /** @param {string} folder its files, in the place of the page's /usr */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * @param {string[]} command
   * @param {FileTree} files
   * @returns {LlvmResult}
   */
  run([tool = '', ...args], files) {
    const program = tools[tool];
    if (program === undefined) throw new Error(`there is no native “${tool}”`);
    const work = mkdtempSync(join(tmpdir(), 'asyncio-native-'));
    try {
      for (const [path, text] of flat(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), text);
      }
      const nativeArgs = this.#nativeArguments(tool, args);
      const { status, signal, stdout, stderr, error } = spawnSync(program, nativeArgs, { cwd: work, encoding: 'utf8' });
      if (error !== undefined) throw new Error(`${program} could not be started: ${error.message}`);
      if (status === null) return { exitCode: 1, output: `${tool} was terminated by ${signal}`, file: () => undefined };
      const made = new Map(readdirSync(work).filter((name) => /\.(?:o|wasm|pch)$/.test(name)).map((name) => [name, readFileSync(join(work, name))]));
      return { exitCode: status, output: stdout + stderr, file: (name) => made.get(name) };
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  /**
   * @param {string} tool
   * @param {string[]} args
   */
  #nativeArguments(tool, args) {
    const native = args.map((arg) => (arg.startsWith(insidePrefix) ? join(this.#folder, arg.slice(insidePrefix.length)) : arg));
    if (tool === 'wasm-ld') return native;
    // Its output contains no folder names of this machine.
    return [...native.slice(0, 1), `-fmacro-prefix-map=${this.#folder}/=${insidePrefix}`, ...native.slice(1)];
  }
}

/**
 * @param {FileTree} files
 * @param {string} prefix
 * @returns {[path: string, content: string | Uint8Array][]}
 */
function flat(files, prefix = '') {
  return Object.entries(files).flatMap(([name, content]) =>
    typeof content === 'string' || content instanceof Uint8Array ? [[prefix + name, content]] : flat(content, `${prefix}${name}/`),
  );
}

/**
 * Writes the files and builds the precompiled header, unless already done for this `version`.
 * @param {string} version
 * @param {Map<string, Uint8Array>} headers by their paths below /usr
 * @param {import('./make.mjs').LlvmTools} llvm knows the arguments
 */
export function makeNativeCompiler(version, headers, llvm) {
  const folder = folderOf(version);
  if (isNativeCompilerMade(version)) return new NativeLlvm(folder);
  // The precompiled header stores its headers' paths, so they are written to their final place. It is written last.
  rmSync(kept, { recursive: true, force: true });
  const made = new Set();
  for (const [path, data] of headers) {
    const target = join(folder, path);
    if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    made.add(dirname(target));
    writeFileSync(target, data);
  }
  const native = new NativeLlvm(folder);
  const { exitCode, output, file } = native.run(precompileArguments(llvm), {});
  const precompiled = file('precompiled.pch');
  if (exitCode !== 0 || precompiled === undefined) throw new Error(`making the native precompiled header failed:\n${output}`);
  writeFileSync(join(folder, inside.wholePrecompiled), precompiled);
  const target = join(folder, inside.precompiled);
  writeFileSync(`${target}.new`, trimPrecompiled(precompiled));
  renameSync(`${target}.new`, target);
  return native;
}

/**
 * The native compiler built for `version`.
 * @param {string} version
 */
export function openNativeCompiler(version) {
  if (!isNativeCompilerMade(version)) throw new Error('The native compiler is not built: run npm run build.');
  return new NativeLlvm(folderOf(version));
}

/** @param {string} version */
export function isNativeCompilerMade(version) {
  return existsSync(join(folderOf(version), inside.precompiled));
}

/** @param {string} version */
function folderOf(version) {
  return join(kept, version.slice(0, 12));
}
