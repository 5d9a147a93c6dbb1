import { join } from 'node:path';
import { folder } from './toolchain.mjs';
import { writeIfChanged } from './write.mjs';

/**
 * Writes the files that tell CMake and the scripts where Emscripten is.
 * @param {import('./emscripten.mjs').Emscripten} emscripten
 */
export function recordEmscripten(emscripten) {
  writeIfChanged(
    join(folder, 'wasm.cmake'),
    '# Written by emsdk-config/setup.mjs.\n' +
      `set(EMSCRIPTEN_VERSION_FOUND "${emscripten.version}")\n` +
      `include("${emscripten.root}/cmake/Modules/Platform/Emscripten.cmake")\n`,
  );
  writeIfChanged(join(folder, 'emscripten.json'), `${JSON.stringify(emscripten, null, 2)}\n`);
}
