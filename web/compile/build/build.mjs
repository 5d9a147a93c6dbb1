/**
 * Builds what the page's compiler needs below build/compiler/: the files the page fetches (site/) and
 * the precompiled header's code for the main module. Does nothing where nothing it is made of changed.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build as viteBuild } from 'vite';
import {
  compileArguments,
  entryPoints,
  linkArguments,
  precompileArguments,
  precompiledCodeArguments,
} from './arguments.mjs';
import { CommonCode } from './common-code.mjs';
import { collectHeaders } from './headers.mjs';
import { openBundle, wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { make } from './make.mjs';
import { loadLlvm, wholeModules } from './node-compiler.mjs';
import { compilerCore, inside, precompiledCode, root, siteFiles, siteFolder } from './paths.mjs';
import { makePrecompiledCode } from './precompiled-code.mjs';
import { tar } from './tar.mjs';
import { training } from './training.mjs';

const stamp = join(root, 'build/compiler/stamp');

/** Returns whether anything had to be built. */
export async function buildCompilerFiles(say = (text) => console.log(`compiler: ${text}`)) {
  const headers = tarOf(collectHeaders());
  const wanted = fingerprint(headers.archive);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  rmSync(join(root, 'build/compiler'), { recursive: true, force: true });
  mkdirSync(siteFolder, { recursive: true });
  writeFileSync(join(siteFolder, 'llvm.mjs'), openBundle());
  writeFileSync(join(siteFolder, siteFiles.headers), headers.archive);
  await buildCore();
  const { Compiler, packBitstream, unpackBitstream } = await import(pathToFileURL(compilerCore).href);

  const [core, ...others] = wasmModules;
  const code = new CommonCode(wasmModulePath(core));
  const modules = await wholeModules();
  modules.set(core, await WebAssembly.compile(code.marked()));
  const open = (files) => loadLlvm(files, modules, (instance) => code.watch(instance));

  const llvm = await open(headers.files);
  say('the precompiled header');
  const precompiled = make(llvm, precompileArguments(llvm), 'precompiled.pch');
  const files = new Map([...headers.files, [inside.precompiled, precompiled]]);

  say('its code, for the main module, and the part of the compiler that most programs need');
  const making = makePrecompiledCode(files, modules, precompiledCodeArguments(llvm));
  const compile = { compile: compileArguments(llvm), link: linkArguments(), entryPoints: entryPoints() };
  const compiler = new Compiler(await open(files), compile);
  for (const { source, optimisation } of training) compiler.compile({ 'main.cpp': source }, { optimisation });
  writeFileSync(join(siteFolder, siteFiles.precompiled), pack(precompiled, packBitstream, unpackBitstream));

  const made = await making;
  writeFileSync(precompiledCode, made.code);
  code.use(made.used);
  writeFileSync(join(siteFolder, core), code.common());
  copyFileSync(wasmModulePath(core), join(siteFolder, wholeName(core)));
  for (const name of others) copyFileSync(wasmModulePath(name), join(siteFolder, name));

  const siteContents = [
    ...wasmModules.map((name) => siteFile(name, 'module')),
    siteFile(wholeName(core), 'rest'),
    siteFile(siteFiles.headers, 'headers'),
    siteFile(siteFiles.precompiled, 'precompiled'),
  ];
  const settings = { ...compile, precompiledPath: inside.precompiled, files: siteContents };
  writeFileSync(join(siteFolder, 'compiler.json'), JSON.stringify(settings));
  writeFileSync(stamp, wanted);
  return true;
}

function wholeName(name) {
  return name.replace('.wasm', '.whole.wasm');
}

function siteFile(name, kind) {
  return { name, kind, bytes: statSync(join(siteFolder, name)).size };
}

function tarOf(files) {
  return { files, archive: tar(files) };
}

/** Everything the outcome depends on. */
function fingerprint(archive) {
  const hash = createHash('sha256').update(archive).update(process.version);
  const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
  const sources = [here, dirname(here)].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(?:ts|mjs)$/.test(name) && !name.includes('.test.'))
      .sort()
      .map((name) => join(folder, name)),
  );
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  hash.update(lock.packages['node_modules/@yowasp/clang'].version);
  for (const path of [...sources, join(root, 'emsdk-config/flags.json')]) hash.update(readFileSync(path));
  return hash.digest('hex');
}

/** The compiler's TypeScript core as one module that Node can load. */
async function buildCore() {
  await viteBuild({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: 'web/compile/core.ts',
      outDir: dirname(compilerCore),
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'compiler.mjs' } },
    },
  });
}

function pack(precompiled, packBitstream, unpackBitstream) {
  const packed = packBitstream(precompiled, (bytes) => deflateRawSync(bytes, { level: 1 }).length);
  if (Buffer.compare(unpackBitstream(packed), precompiled) !== 0) {
    throw new Error('packing the precompiled header lost something of it');
  }
  return packed;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const built = await buildCompilerFiles();
  if (!built) console.log('compiler: everything is up to date');
}
