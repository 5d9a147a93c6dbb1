/**
 * Builds the files of the page's compiler below build/compiler/: the files that the page fetches (site/) and the
 * precompiled header's code for the main module. Does nothing if no input has changed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { entryPoints, pageArguments, precompileArguments, precompiledCodeArguments } from './arguments.mjs';
import { commonPart } from './common-code.mjs';
import { buildCore } from './core.mjs';
import { collectHeaders } from './headers.mjs';
import { openBundle, wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { make } from './make.mjs';
import { isNativeCompilerMade, makeNativeCompiler } from './native-compiler.mjs';
import { loadLlvm, wholeModules } from './node-compiler.mjs';
import { built, compilerSources, inside, layoutOf, root, siteFiles, sourcesIn } from './paths.mjs';
import { profileOf } from './profile.mjs';
import { isStamped } from './stamp.mjs';
import { tar } from './tar.mjs';
import { trimPrecompiled } from './trim-precompiled.mjs';

/**
 * @typedef {import('./paths.mjs').Layout} Layout
 * @typedef {import('./node-compiler.mjs').Core} Core
 * @typedef {import('../../protocol/compile.js').CompilerSettings} CompilerSettings
 * @typedef {import('../../protocol/compile.js').CompilerFile} CompilerFile
 */

/** Returns whether anything had to be built. */
export async function buildCompilerFiles() {
  const headers = collectHeaders();
  const archive = tar(headers);
  const wanted = fingerprint(archive);
  if (isStamped(built.stamp, wanted)) {
    if (!isNativeCompilerMade(wanted)) makeNativeCompiler(wanted, headers, await loadLlvm(built, headers, await wholeModules()));
    return buildCore(built);
  }

  // The previous build stays in place until the new one is complete.
  const layout = layoutOf(`${built.folder}-new`);
  removeUnfinished(layout.folder);
  mkdirSync(layout.site, { recursive: true });
  writeFileSync(join(layout.site, siteFiles.headers), archive);
  await build(layout, headers, wanted);
  writeFileSync(layout.stamp, wanted);
  rmSync(built.folder, { recursive: true, force: true });
  renameSync(layout.folder, built.folder);
  return true;
}

/** The code of the precompiled header for the main module with threads. Returns whether it was rebuilt. */
export async function buildThreadedCode() {
  const stamp = readFileSync(built.stamp, 'utf8');
  const ownStamp = `${built.threadedCode}.stamp`;
  if (isStamped(ownStamp, stamp)) return false;
  await writeCode(built, stamp, built.threadedCode, { threads: true });
  writeFileSync(ownStamp, stamp);
  return true;
}

/**
 * Removes the output of interrupted builds, of this version of the script or an older one.
 * @param {string} folder
 */
function removeUnfinished(folder) {
  mkdirSync(dirname(folder), { recursive: true });
  for (const name of readdirSync(dirname(folder))) {
    if (name === basename(folder) || /^compiler-\d+$/.test(name)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/**
 * @param {Layout} layout
 * @param {Map<string, Uint8Array>} headers
 * @param {string} version
 */
async function build(layout, headers, version) {
  writeFileSync(join(layout.site, 'llvm.mjs'), openBundle());
  await buildCore(layout);
  /** @type {Core} */
  const { packBitstream, unpackBitstream } = await import(pathToFileURL(layout.core).href);
  const llvm = await loadLlvm(layout, headers, await wholeModules());

  progress(1, "the precompiled header's code, in parallel with the next steps");
  const making = buildCode(layout.folder, version);
  progress(2, 'the precompiled header');
  const precompiled = trimPrecompiled(make(llvm, precompileArguments(llvm), 'precompiled.pch'));
  progress(3, 'packing the precompiled header');
  writeFileSync(join(layout.site, siteFiles.precompiled), pack(precompiled, packBitstream, unpackBitstream));
  progress(4, 'the compiler');
  writeCompiler(layout, { ...pageArguments(llvm), entryPoints: entryPoints() });
  await making;
}

/**
 * In a separate process: this one is constantly busy with LLVM.
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<void>}
 */
function buildCode(folder, version) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--code', folder, version], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the process that makes the precompiled header's code failed with exit code ${code}`))));
  });
}

/**
 * The object code of the precompiled header's definitions, for the main module: the page's compiler leaves exactly these
 * symbols to the main module.
 * @param {Layout} layout
 * @param {string} version
 * @param {string} path
 * @param {{ threads: boolean }} options
 */
async function writeCode(layout, version, path, options) {
  const headers = collectHeaders();
  const llvm = await loadLlvm(layout, headers, await wholeModules());
  const native = makeNativeCompiler(version, headers, llvm);
  writeFileSync(path, make(native, precompiledCodeArguments(llvm, options), 'precompiled.o'));
}

/**
 * The LLVM modules, and what the page needs to load and call them.
 * @param {Layout} layout
 * @param {Omit<CompilerSettings, 'precompiledPath' | 'headersPath' | 'files'>} toolSettings
 */
function writeCompiler({ site }, toolSettings) {
  const [core, ...others] = wasmModules;
  const module = readFileSync(wasmModulePath(core));
  const profile = profileOf(module);
  if (profile === undefined) {
    console.warn('warning: web/build/compiler/profile.json belongs to another version of @yowasp/clang, so pages download the whole compiler: run npm run profile.');
  }
  for (const name of others) copyFileSync(wasmModulePath(name), join(site, name));
  writeFileSync(join(site, core), profile === undefined ? module : commonPart(module, profile));
  if (profile !== undefined) writeFileSync(join(site, wholeName(core)), module);

  /** @type {(name: string, kind: CompilerFile['kind']) => CompilerFile} */
  const siteFile = (name, kind) => ({ name, kind, bytes: statSync(join(site, name)).size });
  /** @type {CompilerSettings} */
  const settings = {
    ...toolSettings,
    precompiledPath: inside.precompiled,
    headersPath: inside.asyncio,
    files: [
      ...wasmModules.map((name) => siteFile(name, 'module')),
      ...(profile === undefined ? [] : [siteFile(wholeName(core), 'rest')]),
      siteFile(siteFiles.headers, 'headers'),
      siteFile(siteFiles.precompiled, 'precompiled'),
    ],
  };
  writeFileSync(join(site, 'compiler.json'), JSON.stringify(settings));
}

/**
 * In ninja's progress format, for tools that show it.
 * @param {number} number
 * @param {string} text
 */
function progress(number, text) {
  console.log(`[${number}/4] ${text}`);
}

/** @param {string} name */
function wholeName(name) {
  return name.replace('.wasm', '.whole.wasm');
}

/**
 * A hash of all inputs.
 * @param {Buffer} archive
 */
function fingerprint(archive) {
  const hash = createHash('sha256').update(archive).update(process.version);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  hash.update(lock.packages['node_modules/@yowasp/clang'].version);
  const scripts = sourcesIn('web/build/compiler', /\.(?:mjs|json)$/);
  const formats = compilerSources(/^(?:bitstream|llvm).*\.ts$/);
  for (const path of [...scripts, ...formats, join(root, 'emsdk-config/flags.json')]) hash.update(readFileSync(path));
  return hash.digest('hex');
}

/**
 * @param {Uint8Array} precompiled
 * @param {Core['packBitstream']} packBitstream
 * @param {Core['unpackBitstream']} unpackBitstream
 */
function pack(precompiled, packBitstream, unpackBitstream) {
  const packed = packBitstream(precompiled, (bytes) => deflateRawSync(bytes, { level: 1 }).length);
  if (Buffer.compare(unpackBitstream(packed), precompiled) !== 0) {
    throw new Error('the packed precompiled header differs from the original');
  }
  return packed;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [what, folder, version] = process.argv.slice(2);
  if (what === '--threads') await buildThreadedCode();
  else if (what === '--code') {
    if (folder === undefined || version === undefined) throw new Error('--code needs a folder and a version');
    await writeCode(layoutOf(folder), version, layoutOf(folder).precompiledCode, { threads: false });
  } else await buildCompilerFiles();
}
