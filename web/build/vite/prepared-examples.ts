import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Copies the examples' modules into the site, in a content-hashed folder. The page knows the folder as
 * `__EXAMPLES_FOLDER__`.
 */
export function preparedExamples(build: string): Plugin {
  const manifest = join(build, 'manifest.json');
  let folder = '';
  let outDir = '';
  return {
    name: 'prepared-examples',
    apply: 'build',
    config() {
      if (!existsSync(manifest)) throw new Error(`The examples are not compiled (${manifest}): run npm run build.`);
      const text = readFileSync(manifest, 'utf8');
      folder = `examples-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
      return { define: { __EXAMPLES_FOLDER__: JSON.stringify(folder) } };
    },
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      cpSync(build, join(outDir, folder), { recursive: true });
    },
  };
}
