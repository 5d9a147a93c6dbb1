import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../steps/user-error.mjs';
import { which } from './process.mjs';
import { folder, root as projectRoot, toolchain } from './toolchain.mjs';
import { writeIfChanged } from './write.mjs';

/** @typedef {{ root: string, version: string }} Emscripten */

const unpacked = join(folder, 'emscripten');
const binaryen = join(folder, 'binaryen');
const unpackedRoot = join(unpacked, 'usr/share/emscripten');
const { emscripten: wanted, pinned, companions, llvm } = toolchain;

/**
 * An Emscripten on PATH that is recent enough.
 * @param {(text: string) => void} warn
 * @returns {Emscripten | undefined}
 */
export function emscriptenOnPath(warn) {
  const emcc = which('emcc');
  if (emcc === undefined) return undefined;
  const root = dirname(realpathSync(emcc));
  const version = versionOf(root);
  if (version === undefined || !accepted(version)) {
    warn(`${emcc} is version ${version ?? 'unknown'}, not ${wanted.minimum} to ${wanted.below}: it is ignored`);
    return undefined;
  }
  if (version !== wanted.tested) warn(`${emcc} is version ${version}; the tested version is ${wanted.tested}`);
  return { root, version };
}

/** The packages that are still to be unpacked if no Emscripten is on PATH. */
export function emscriptenPackages() {
  const version = versionOf(unpackedRoot);
  return [
    ...(version !== undefined && accepted(version) ? [] : [{ target: unpacked, pinned: pinned.emscripten }]),
    ...(existsSync(join(binaryen, 'usr/bin/wasm-opt')) ? [] : [{ target: binaryen, pinned: pinned.binaryen, companions: companions.binaryen }]),
  ];
}

/**
 * Makes the unpacked Emscripten usable.
 * @returns {Emscripten}
 */
export function configureEmscripten() {
  const version = versionOf(unpackedRoot);
  if (version === undefined || !accepted(version)) {
    throw new UserError(
      `Debian ${pinned.emscripten.suite} now has Emscripten ${version ?? '(no version found)'}, but this project needs ${wanted.minimum} to ` +
        `${wanted.below}. Install ${wanted.tested} with emsdk (https://emscripten.org/docs/getting_started/downloads.html), put it on PATH, ` +
        'and run this again.',
    );
  }
  const settings = {
    LLVM_ROOT: llvm.debianRoot,
    BINARYEN_ROOT: wrapBinaryen(),
    NODE_JS: process.execPath,
    // Below its own sources, or the libraries it builds would contain the path of this folder.
    CACHE: join(unpackedRoot, 'cache'),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  writeIfChanged(join(unpackedRoot, '.emscripten'), lines.join(''));
  // Its .js files are CommonJS, whatever the package.json of a parent folder says.
  if (!existsSync(join(unpackedRoot, 'package.json'))) writeIfChanged(join(unpackedRoot, 'package.json'), '{}\n');
  linkModules();
  return { root: unpackedRoot, version };
}

function linkModules() {
  const modules = join(unpackedRoot, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of ['acorn', 'acorn-import-phases']) {
    const link = join(modules, name);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(join(projectRoot, 'node_modules', name), link);
  }
}

/** Its programs need a newer libc than the system's: each is started with the libc that was unpacked beside it. */
function wrapBinaryen() {
  const bin = join(binaryen, 'wrapped/bin');
  const usr = join(binaryen, 'usr');
  const triplet = readdirSync(join(usr, 'lib')).find((name) => name.endsWith('-linux-gnu')) ?? '';
  const libraries = join(usr, 'lib', triplet);
  const loader = readdirSync(libraries).find((name) => name.startsWith('ld-linux')) ?? '';
  mkdirSync(bin, { recursive: true });
  for (const name of readdirSync(join(usr, 'bin'))) {
    const path = join(bin, name);
    writeIfChanged(path, `#!/bin/sh\nexec '${join(libraries, loader)}' --library-path '${libraries}' '${join(usr, 'bin', name)}' "$@"\n`);
    chmodSync(path, 0o755);
  }
  return dirname(bin);
}

/** @param {string} root */
function versionOf(root) {
  const file = join(root, 'emscripten-version.txt');
  if (!existsSync(file)) return undefined;
  return /\d+\.\d+\.\d+/.exec(readFileSync(file, 'utf8'))?.[0];
}

/** @param {string} version */
function accepted(version) {
  return compare(version, wanted.minimum) >= 0 && compare(version, wanted.below) < 0;
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; ++i) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
