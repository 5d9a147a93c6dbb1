import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { compilerCore, inside, siteFolder } from './paths.mjs';
import { untar } from './tar.mjs';

/** LLVM in Node. `files` (path below /usr to Buffer) is what its tools see. */
export async function loadLlvm(files) {
  const { Llvm } = await import(pathToFileURL(compilerCore).href);
  const bundle = await import(pathToFileURL(join(siteFolder, 'llvm.mjs')).href);
  const modules = new Map();
  for (const name of wasmModules) {
    modules.set(name, await WebAssembly.compile(readFileSync(wasmModulePath(name))));
  }
  return new Llvm(bundle, modules, treeOf(files));
}

/** The page's compiler, in Node: what it makes of a snippet is what the page makes of it. */
export async function loadCompiler() {
  const { Compiler } = await import(pathToFileURL(compilerCore).href);
  const settings = JSON.parse(readFileSync(join(siteFolder, 'compiler.json'), 'utf8'));
  const files = untar(readFileSync(join(siteFolder, 'headers.tar')));
  files.set(inside.precompiled, readFileSync(join(siteFolder, 'precompiled.pch')));
  return new Compiler(await loadLlvm(files), settings);
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
