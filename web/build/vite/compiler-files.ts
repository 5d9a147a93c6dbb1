import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { runtimeVersion } from '../prepared/runtime-version.mjs';

/**
 * Copies the compiler's files into the site, in a folder named by their fingerprint, so that a browser never mixes two
 * builds. The page knows the folder as `__COMPILER_FOLDER__`, and the matching runtime of compiled programs as
 * `__RUNTIME_VERSION__`.
 */
export function compilerFiles(build: string): Plugin {
  const stamp = join(build, 'stamp');
  let outDir = '';
  return {
    name: 'compiler-files',
    apply: 'build',
    config() {
      if (!existsSync(stamp)) throw new Error(`The compiler's files are not built (${stamp}): run npm run build.`);
      return { define: { __COMPILER_FOLDER__: JSON.stringify(compilerFolder(build)), __RUNTIME_VERSION__: JSON.stringify(runtimeVersion()) } };
    },
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      cpSync(join(build, 'site'), join(outDir, compilerFolder(build)), { recursive: true });
    },
  };
}

/** The name of their folder in the site. */
export function compilerFolder(build: string): string {
  return `compiler-${readFileSync(join(build, 'stamp'), 'utf8').slice(0, 12)}`;
}
