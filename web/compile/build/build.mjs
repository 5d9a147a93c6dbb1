/**
 * Builds what the page's compiler needs below build/compiler/: the files the page fetches (site/) and
 * the precompiled header's code for the main module. Does nothing where nothing it is made of changed.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build as viteBuild } from 'vite';
import {
  compileArguments,
  entryPoints,
  linkArguments,
  precompileArguments,
  precompiledCodeArguments,
} from './arguments.mjs';
import { collectHeaders } from './headers.mjs';
import { openBundle, wasmModulePath, wasmModules } from './llvm-bundle.mjs';
import { loadLlvm } from './node-compiler.mjs';
import { compilerCore, inside, precompiledCode, root, siteFolder } from './paths.mjs';
import { tar } from './tar.mjs';

const stamp = join(root, 'build/compiler/stamp');

/** Returns whether anything had to be built. */
export async function buildCompilerFiles(say = (text) => console.log(`compiler: ${text}`)) {
  const headers = tarOf(collectHeaders());
  const wanted = fingerprint(headers.archive);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  rmSync(join(root, 'build/compiler'), { recursive: true, force: true });
  mkdirSync(siteFolder, { recursive: true });
  writeFileSync(join(siteFolder, 'llvm.mjs'), openBundle());
  writeFileSync(join(siteFolder, 'headers.tar'), headers.archive);
  for (const name of wasmModules) copyFileSync(wasmModulePath(name), join(siteFolder, name));
  await buildCore();

  const llvm = await loadLlvm(headers.files);
  say('the precompiled header');
  const precompiled = make(llvm, precompileArguments(llvm), 'precompiled.pch');
  writeFileSync(join(siteFolder, 'precompiled.pch'), precompiled);

  say('its code, for the main module');
  const withPrecompiled = await loadLlvm(new Map([...headers.files, [inside.precompiled, precompiled]]));
  writeFileSync(precompiledCode, make(withPrecompiled, precompiledCodeArguments(llvm), 'precompiled.o'));

  writeFileSync(join(siteFolder, 'compiler.json'), JSON.stringify(settings(llvm)));
  writeFileSync(stamp, wanted);
  return true;
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

function make(llvm, args, name) {
  const { exitCode, output, file } = llvm.run(args, { 'main.cpp': '' });
  const made = file(name);
  if (exitCode !== 0 || made === undefined) throw new Error(`making ${name} failed:\n${output}`);
  return Buffer.from(made.buffer, made.byteOffset, made.length);
}

function settings(llvm) {
  const file = (name, kind) => ({ name, kind, bytes: statSync(join(siteFolder, name)).size });
  return {
    compile: compileArguments(llvm),
    link: linkArguments(),
    entryPoints: entryPoints(),
    files: [
      ...wasmModules.map((name) => file(name, 'module')),
      file('headers.tar', 'headers'),
      file('precompiled.pch', 'precompiled'),
    ],
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const built = await buildCompilerFiles();
  if (!built) console.log('compiler: everything is up to date');
}
