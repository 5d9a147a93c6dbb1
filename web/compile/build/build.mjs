/**
 * Builds what the page's compiler needs below build/compiler/: the files the page fetches (site/) and
 * the precompiled header's code for the main module. Does nothing where nothing it is made of changed.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build as viteBuild } from 'vite';
import { entryPoints, pageArguments, precompileArguments, precompiledCodeArguments } from './arguments.mjs';
import { CommonCode } from './common-code.mjs';
import { completionPlaces } from './completion-places.mjs';
import { collectHeaders } from './headers.mjs';
import { openBundle, wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { make } from './make.mjs';
import { loadLlvm, wholeModules } from './node-compiler.mjs';
import { built, inside, layoutOf, root, siteFiles } from './paths.mjs';
import { makePrecompiledCode } from './precompiled-code.mjs';
import { tar } from './tar.mjs';
import { beingWritten, training } from './training.mjs';

/** Returns whether anything had to be built. */
export async function buildCompilerFiles(say = (text) => console.log(`compiler: ${text}`)) {
  const headers = collectHeaders();
  const archive = tar(headers);
  const wanted = fingerprint(archive);
  if (isStamped(built.stamp, wanted)) return updateCore(built);

  removeLeftovers();
  // What was built before stays in place until all of the new is there.
  const layout = layoutOf(`${built.folder}-${process.pid}`);
  try {
    mkdirSync(layout.site, { recursive: true });
    writeFileSync(join(layout.site, siteFiles.headers), archive);
    await build(layout, headers, say);
    writeFileSync(layout.stamp, wanted);
    rmSync(built.folder, { recursive: true, force: true });
    renameSync(layout.folder, built.folder);
  } finally {
    rmSync(layout.folder, { recursive: true, force: true });
  }
  return true;
}

/** Folders of builds that were cut short. */
function removeLeftovers() {
  const folder = dirname(built.folder);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const pid = /^compiler-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !runs(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

async function build(layout, headers, say) {
  writeFileSync(join(layout.site, 'llvm.mjs'), openBundle());
  await updateCore(layout);
  const { Analyser, Compiler, packBitstream, unpackBitstream } = await import(pathToFileURL(layout.core).href);

  const [core, ...others] = wasmModules;
  const code = new CommonCode(wasmModulePath(core));
  const modules = await wholeModules();
  modules.set(core, await WebAssembly.compile(code.marked()));
  const open = (files) => loadLlvm(layout, files, modules, (instance) => code.watch(instance));

  const llvm = await open(headers);
  say('the precompiled header');
  const precompiled = make(llvm, precompileArguments(llvm), 'precompiled.pch');
  const files = new Map([...headers, [inside.precompiled, precompiled]]);

  say('its code, for the main module, and the part of the compiler that most programs need');
  const making = makePrecompiledCode(layout, files, modules, precompiledCodeArguments(llvm));
  const toolSettings = { ...pageArguments(llvm), entryPoints: entryPoints() };
  await train(await open(files), toolSettings, { Analyser, Compiler });
  const made = await making;
  writeFileSync(layout.precompiledCode, made.code);
  code.use(made.used);

  say('the same code with threads');
  const threaded = makePrecompiledCode(layout, files, modules, precompiledCodeArguments(llvm, { threads: true }));
  writeFileSync(join(layout.site, siteFiles.precompiled), pack(precompiled, packBitstream, unpackBitstream));
  writeFileSync(layout.threadedCode, (await threaded).code);

  writeFileSync(join(layout.site, core), code.common());
  copyFileSync(wasmModulePath(core), join(layout.site, wholeName(core)));
  for (const name of others) copyFileSync(wasmModulePath(name), join(layout.site, name));

  const siteFile = (name, kind) => ({ name, kind, bytes: statSync(join(layout.site, name)).size });
  const settings = {
    ...toolSettings,
    precompiledPath: inside.precompiled,
    headersPath: inside.asyncio,
    files: [
      ...wasmModules.map((name) => siteFile(name, 'module')),
      siteFile(wholeName(core), 'rest'),
      siteFile(siteFiles.headers, 'headers'),
      siteFile(siteFiles.precompiled, 'precompiled'),
    ],
  };
  writeFileSync(join(layout.site, 'compiler.json'), JSON.stringify(settings));
}

async function train(tools, settings, { Analyser, Compiler }) {
  const compiler = new Compiler(tools, settings);
  for (const { source, others, ...options } of training) {
    compiler.compile({ 'main.cpp': source, ...others }, options);
    await memoryIsFree();
  }
  const analyser = new Analyser(tools, settings);
  for (const { files, place } of [...beingWritten, ...completionPlaces()]) {
    if (place === undefined) analyser.check(files, { warnings: 'all' });
    else analyser.complete(files, place, { warnings: 'all' });
    await memoryIsFree();
  }
}

/** Instances of WebAssembly are not collected before the turn of the event loop in which they were used has ended. */
const memoryIsFree = nextTurn;

function wholeName(name) {
  return name.replace('.wasm', '.whole.wasm');
}

function isStamped(stamp, fingerprint) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
}

/** Everything that the files depend on. */
function fingerprint(archive) {
  const hash = createHash('sha256').update(archive).update(process.version);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  hash.update(lock.packages['node_modules/@yowasp/clang'].version);
  const scripts = sourcesIn('web/compile/build', /\.mjs$/);
  const formats = sourcesIn('web/compile', /^(?:bitstream|llvm).*\.ts$/);
  for (const path of [...scripts, ...formats, join(root, 'emsdk-config/flags.json')]) hash.update(readFileSync(path));
  return hash.digest('hex');
}

function sourcesIn(folder, pattern) {
  return readdirSync(join(root, folder))
    .filter((name) => pattern.test(name) && !name.includes('.test.'))
    .sort()
    .map((name) => join(root, folder, name));
}

/** The compiler's TypeScript as one module that Node can load. Returns whether it had to be made. */
async function updateCore({ core }) {
  const stamp = `${core}.stamp`;
  const hash = createHash('sha256');
  for (const path of sourcesIn('web/compile', /\.ts$/)) hash.update(readFileSync(path));
  const wanted = hash.digest('hex');
  if (isStamped(stamp, wanted)) return false;
  await viteBuild({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: 'web/compile/core.ts',
      outDir: dirname(core),
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'compiler.mjs' } },
    },
  });
  writeFileSync(stamp, wanted);
  return true;
}

function pack(precompiled, packBitstream, unpackBitstream) {
  const packed = packBitstream(precompiled, (bytes) => deflateRawSync(bytes, { level: 1 }).length);
  if (Buffer.compare(unpackBitstream(packed), precompiled) !== 0) {
    throw new Error('packing the precompiled header lost something of it');
  }
  return packed;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  if (!(await buildCompilerFiles())) console.log('compiler: everything is up to date');
}
