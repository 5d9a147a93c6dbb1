import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { compilerCore, inside, siteFiles, siteFolder } from './paths.mjs';
import { untar } from './tar.mjs';

/** The whole of LLVM's modules, by name. */
export async function wholeModules() {
  const modules = new Map();
  for (const name of wasmModules) modules.set(name, await WebAssembly.compile(readFileSync(wasmModulePath(name))));
  return modules;
}

/** LLVM in Node. `files` (path below /usr to Buffer) is what its tools see. */
export async function loadLlvm(files, modules, onInstance) {
  const { Llvm } = await import(pathToFileURL(compilerCore).href);
  const bundle = await import(pathToFileURL(join(siteFolder, 'llvm.mjs')).href);
  return new Llvm(bundle, modules, treeOf(files), onInstance);
}

/** The page's compiler, in Node: what it makes of a snippet is what the page makes of it. */
export async function loadCompiler() {
  const { Compiler, unpackBitstream } = await import(pathToFileURL(compilerCore).href);
  const settings = JSON.parse(readFileSync(join(siteFolder, 'compiler.json'), 'utf8'));
  const files = untar(readFileSync(join(siteFolder, siteFiles.headers)));
  files.set(inside.precompiled, Buffer.from(unpackBitstream(readFileSync(join(siteFolder, siteFiles.precompiled)))));
  return new Compiler(await loadLlvm(files, await wholeModules()), settings);
}

function treeOf(files) {
  const tree = {};
  for (const [path, data] of files) {
    const folders = path.split('/');
    const name = folders.pop();
    const folder = folders.reduce((parent, part) => (parent[part] ??= {}), tree);
    folder[name] = new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  return tree;
}
