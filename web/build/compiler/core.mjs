import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'vite';
import { compilerSources, root } from './paths.mjs';
import { isStamped } from './stamp.mjs';

/**
 * The compiler's TypeScript as one module that Node can load. Returns whether it was rebuilt.
 * @param {import('./paths.mjs').Layout} layout
 */
export async function buildCore({ core }) {
  const stamp = `${core}.stamp`;
  const hash = createHash('sha256');
  for (const path of compilerSources(/\.ts$/)) hash.update(readFileSync(path));
  const wanted = hash.digest('hex');
  if (isStamped(stamp, wanted)) return false;
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: 'web/compile/node/core.ts',
      outDir: dirname(core),
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'compiler.mjs' } },
    },
  });
  writeFileSync(stamp, wanted);
  return true;
}
