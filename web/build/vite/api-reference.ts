import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Writes the declarations of the runtime's headers into the site, under a content-hashed name, which the page knows as
 * `__API_REFERENCE__`.
 */
export function apiReference(file: string): Plugin {
  return {
    name: 'api-reference',
    apply: 'build',
    config() {
      if (!existsSync(file)) throw new Error(`The reference is not built (${file}): run npm run build.`);
      return { define: { __API_REFERENCE__: JSON.stringify(nameOf(readFileSync(file))) } };
    },
    generateBundle() {
      const source = readFileSync(file);
      this.emitFile({ type: 'asset', fileName: nameOf(source), source });
    },
  };
}

function nameOf(source: Buffer): string {
  return `api-${createHash('sha256').update(source).digest('hex').slice(0, 12)}.json`;
}
