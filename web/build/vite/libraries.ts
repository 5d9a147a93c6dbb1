import type { Plugin } from 'vite';
import { areLibrariesBuilt, librariesFolder, publishLibraries } from '../runtime/libraries.mjs';

/**
 * Tells the compile worker the folder of the libraries, as `__LIBRARIES_FOLDER__`, and copies those that are built into
 * the site; the others are added later.
 */
export function libraries(): Plugin {
  let outDir = '';
  return {
    name: 'libraries',
    apply: 'build',
    config() {
      return { define: { __LIBRARIES_FOLDER__: JSON.stringify(librariesFolder()) } };
    },
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      for (const preset of ['wasm', 'wasm-threads'] as const) if (areLibrariesBuilt(preset)) publishLibraries(outDir, preset);
    },
  };
}
