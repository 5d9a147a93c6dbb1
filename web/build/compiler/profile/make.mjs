/**
 * `npm run profile`: regenerates ../profile.json, which lists the LLVM functions that the page's programs use. The page
 * fetches those first, and the rest only when a program needs it. Run it after an update of @yowasp/clang.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { entryPoints, pageArguments, precompileArguments, precompiledCodeArguments } from '../arguments.mjs';
import { UsedCode } from '../common-code.mjs';
import { buildCore } from '../core.mjs';
import { collectHeaders } from '../headers.mjs';
import { openBundle, wasmModulePath, wasmModules } from '../llvm-bundle.mjs';
import { make } from '../make.mjs';
import { loadLlvm, wholeModules } from '../node-compiler.mjs';
import { inside, layoutOf, root } from '../paths.mjs';
import { writeProfile } from '../profile.mjs';
import { libraryFile, libraryNames, libraryPath } from '../../runtime/libraries.mjs';
import { completionPlaces } from './completion-places.mjs';
import { beingWritten, training } from './training.mjs';

/**
 * @typedef {import('../node-compiler.mjs').Core} Core
 * @typedef {import('../../../protocol/compile.js').CompilerSettings} CompilerSettings
 */

/** WebAssembly instances are not garbage-collected before the event-loop turn in which they were used has ended. */
const memoryIsFree = nextTurn;

const layout = layoutOf(join(root, 'build/profile'));
mkdirSync(layout.site, { recursive: true });
writeFileSync(join(layout.site, 'llvm.mjs'), openBundle());
await buildCore(layout);
/** @type {Core} */
const tools = await import(pathToFileURL(layout.core).href);

const module = readFileSync(wasmModulePath(wasmModules[0]));
const code = new UsedCode(module);
const modules = await wholeModules();
modules.set(wasmModules[0], await WebAssembly.compile(code.marked()));
/** @type {(files: Map<string, Uint8Array>) => ReturnType<typeof loadLlvm>} */
const open = (files) => loadLlvm(layout, files, modules, (instance) => code.watch(instance));

const headers = collectHeaders();
const llvm = await open(headers);
console.log('profile: the precompiled header');
const precompiled = make(llvm, precompileArguments(llvm), 'precompiled.pch');
const withPrecompiled = await open(new Map([...headers, [inside.precompiled, precompiled]]));
console.log('profile: its code');
make(withPrecompiled, precompiledCodeArguments(llvm), 'precompiled.o');
console.log('profile: programs');
// The paths of the files do not matter here.
const settings = { ...pageArguments(llvm), entryPoints: entryPoints() };
await train(withPrecompiled, /** @type {CompilerSettings} */ (settings), tools);

writeProfile(module, code.used());
rmSync(layout.folder, { recursive: true });

/** The libraries of the last build, for the programs that need one. */
function archives() {
  const named = libraryNames.map((name) => /** @type {const} */ ([libraryFile(name, 'wasm'), libraryPath(name, 'wasm')]));
  const missing = named.filter(([, path]) => !existsSync(path)).map(([, path]) => path);
  if (missing.length > 0) throw new Error(`The libraries are not built (${missing.join(', ')}): npm run build makes them.`);
  return new Map(named.map(([file, path]) => [file, new Uint8Array(readFileSync(path))]));
}

/**
 * @param {import('../../../compile/worker/llvm.js').Llvm} llvm
 * @param {CompilerSettings} settings
 * @param {Core} core
 */
async function train(llvm, settings, { Analyser, Compiler }) {
  const compiler = new Compiler(llvm, settings, { whole: true, libraries: archives() });
  for (const { source, others, ...options } of training) {
    compiler.compile({ 'main.cpp': source, ...others }, options);
    await memoryIsFree();
  }
  const analyser = new Analyser(llvm, settings);
  for (const { files, place } of [...beingWritten, ...completionPlaces()]) {
    if (place === undefined) analyser.check(files, { warnings: 'all' });
    else analyser.complete(files, place, { warnings: 'all' });
    await memoryIsFree();
  }
}
