import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { openNativeCompiler } from './native-compiler.mjs';
import { built, inside, siteFiles } from './paths.mjs';
import { untar } from '../../compile/worker/untar.mjs';

/**
 * @typedef {typeof import('../../compile/node/core.js')} Core what Node loads of the compiler
 * @typedef {import('../../compile/worker/llvm.js').Llvm} Llvm
 * @typedef {import('../../compile/worker/llvm-bundle.js').FileTree} FileTree
 */

/** All of LLVM's modules, by name. */
export async function wholeModules() {
  /** @type {Map<string, WebAssembly.Module>} */
  const modules = new Map();
  for (const name of wasmModules) modules.set(name, await WebAssembly.compile(readFileSync(wasmModulePath(name))));
  return modules;
}

/**
 * LLVM in Node. Its tools see `files` (path below /usr to Buffer).
 * @param {import('./paths.mjs').Layout} layout
 * @param {Map<string, Uint8Array>} files
 * @param {Map<string, WebAssembly.Module>} modules
 * @param {(instance: WebAssembly.Instance) => void} [onInstance]
 */
export async function loadLlvm({ core, site }, files, modules, onInstance) {
  /** @type {Core} */
  const { Llvm } = await import(pathToFileURL(core).href);
  const bundle = await import(pathToFileURL(join(site, 'llvm.mjs')).href);
  return new Llvm(bundle, modules, treeOf(files), onInstance);
}

/** The page's compiler, in Node: its output is the same as in the page. */
export async function loadCompiler() {
  const { core, site } = built;
  /** @type {Core} */
  const { Compiler, unpackBitstream } = await import(pathToFileURL(core).href);
  /** @type {import('../../protocol/compile.js').CompilerSettings} */
  const settings = JSON.parse(readFileSync(join(site, 'compiler.json'), 'utf8'));
  const files = untar(readFileSync(join(site, siteFiles.headers)));
  files.set(inside.precompiled, Buffer.from(unpackBitstream(readFileSync(join(site, siteFiles.precompiled)))));
  return new Compiler(await loadLlvm(built, files, await wholeModules()), settings);
}

/**
 * Compiles as the page does, natively where the result is the same: for a program without diagnostics that cannot
 * trigger the LLVM bug which the page's compiler detects by LLVM's assertions (the native one has none). Any other
 * program goes to the page's compiler.
 */
export async function loadFastCompiler() {
  const { core, site, stamp } = built;
  /** @type {Core} */
  const { Compiler, awaitsInTryInLoop } = await import(pathToFileURL(core).href);
  /** @type {import('./make.mjs').LlvmTools} */
  const native = openNativeCompiler(readFileSync(stamp, 'utf8'));
  /** @type {import('../../protocol/compile.js').CompilerSettings} */
  const settings = JSON.parse(readFileSync(join(site, 'compiler.json'), 'utf8'));
  const compiler = new Compiler(/** @type {Llvm} */ (native), settings);
  /** @type {ReturnType<typeof loadCompiler> | undefined} */
  let page;
  return {
    /**
     * @param {Record<string, string>} files
     * @param {import('../../protocol/compile.js').CompileOptions} options
     */
    async compile(files, options) {
      if (!awaitsInTryInLoop(files)) {
        const outcome = compiler.compile(files, options);
        if (outcome.type === 'compiled' && outcome.diagnostics.length === 0) return outcome;
      }
      page ??= loadCompiler();
      return (await page).compile(files, options);
    },
  };
}

/** @param {Map<string, Uint8Array>} files */
function treeOf(files) {
  /** @type {FileTree} */
  const tree = {};
  for (const [path, data] of files) {
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    const folder = folders.reduce((parent, part) => /** @type {FileTree} */ (parent[part] ??= {}), tree);
    folder[name] = new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  return tree;
}
