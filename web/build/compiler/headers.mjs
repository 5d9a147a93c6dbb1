import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { resourceHeaders } from './llvm-bundle.mjs';
import { inside, root } from './paths.mjs';

/** Parts of Emscripten's include folder that no program of the page can use. */
const LEFT_OUT = new Set([
  ...['AL', 'EGL', 'GL', 'GLES', 'GLES2', 'GLES3', 'GLFW', 'KHR', 'SDL', 'X11', 'webgl', 'fakesdl'],
  ...['mimalloc', 'mach-o', 'profile', 'sanitizer', 'scsi', 'elf.h', 'omp.h', 'ompx.h'],
]);
const LEFT_OUT_PATHS = /^(?:mimalloc[^/]*|c\+\+\/v1\/__cxx03)(?:\/|$)|\.in$/;

/** Every header that a program can include, by its path below /usr. */
export function collectHeaders() {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  addFolder(files, inside.sysroot + '/include', join(systemRoot(), 'include'), (path) => {
    return !LEFT_OUT.has(path.split('/')[0] ?? '') && !LEFT_OUT_PATHS.test(path);
  });
  for (const [name, data] of resourceHeaders()) files.set(`${inside.clang}/include/${name}`, data);
  addFolder(files, inside.asyncio, join(root, 'runtime/include'), (path) => path.endsWith('.hpp'));
  addFolder(files, `${inside.sysroot}/include/nlohmann`, join(root, 'build/toolchain/libraries/json/nlohmann'), (path) => path.endsWith('.hpp'));
  files.set(`${inside.sysroot}/include/sqlite3.h`, withoutComments(readFileSync(join(root, 'build/toolchain/libraries/sqlite/sqlite3.h'), 'utf8')));
  files.set(inside.precompiledSource, readFileSync(join(root, 'web/compile/headers/precompiled.hpp')));
  addFolder(files, inside.precompiledUses, join(root, 'web/compile/headers/precompiled'), (path) => path.endsWith('.hpp'));
  files.set(inside.assertionHandler, readFileSync(join(root, 'web/compile/headers/assertion-handler.hpp')));
  return files;
}

/**
 * @param {Map<string, Uint8Array>} files
 * @param {string} prefix
 * @param {string} folder
 * @param {(path: string) => boolean} wanted
 */
function addFolder(files, prefix, folder, wanted) {
  for (const full of filesBelow(folder)) {
    const path = relative(folder, full).split(sep).join('/');
    if (wanted(path)) files.set(`${prefix}/${path}`, readFileSync(full));
  }
}

/**
 * SQLite's manual is in its header, which every page fetches. No string of it looks like a comment.
 * @param {string} header
 */
function withoutComments(header) {
  return Buffer.from(header.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s*\n+/g, '\n'));
}

/** Emscripten's sysroot, whose headers it installs into its cache on first use. */
function systemRoot() {
  const emscripten = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8')).root;
  execFileSync(join(emscripten, 'embuilder'), ['build', 'sysroot'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const cache = execFileSync(join(emscripten, 'em-config'), ['CACHE'], { encoding: 'utf8' }).trim();
  return join(cache, 'sysroot');
}
