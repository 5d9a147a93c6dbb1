import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the files by which CMake and the site's build find Emscripten. */
export function recordEmscripten(folder, emscripten) {
  write(
    join(folder, 'wasm.cmake'),
    '# Written by emsdk-config/setup.mjs.\n' +
      `set(EMSCRIPTEN_VERSION_FOUND "${emscripten.version}")\n` +
      `include("${emscripten.root}/cmake/Modules/Platform/Emscripten.cmake")\n`,
  );
  write(join(folder, 'emscripten.json'), `${JSON.stringify(emscripten, null, 2)}\n`);
}

function write(path, text) {
  // The time stamp of an unchanged file stays, or CMake would configure anew.
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
