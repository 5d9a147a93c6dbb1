/**
 * Makes the object code of the precompiled header: the longest step of the build, so it has a thread
 * of its own, in which this module runs too.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { CommonCode } from './common-code.mjs';
import { wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { loadLlvm } from './node-compiler.mjs';
import { make } from './make.mjs';

/**
 * `modules` have marks; which functions were used comes back with the code.
 * @returns {Promise<{ code: Uint8Array, used: Uint8Array }>}
 */
export function makePrecompiledCode(layout, files, modules, args) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { layout, files, modules, args } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of the precompiled code ended with code ${code}`)));
  });
}

if (!isMainThread) {
  const { layout, files, modules, args } = workerData;
  const common = new CommonCode(wasmModulePath(wasmModules[0]));
  const llvm = await loadLlvm(layout, files, modules, (instance) => common.watch(instance));
  const code = make(llvm, args, 'precompiled.o');
  parentPort.postMessage({ code, used: common.used() });
}
