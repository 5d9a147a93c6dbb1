import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../../tools/process.mjs';
import { runtimeVersion } from '../prepared/runtime-version.mjs';

const sources = join(root, 'web/package');

/**
 * The package's scripts, for pages and for Node, each bundled with its dependencies.
 * @param {string} target
 * @param {string} version
 */
export async function buildScripts(target, version) {
  /** @type {import('vite').InlineConfig} */
  const common = { configFile: false, publicDir: false, logLevel: 'warn' };
  await build({
    ...common,
    define: { __PACKAGE_VERSION__: JSON.stringify(version) },
    build: {
      outDir: target,
      emptyOutDir: false,
      target: 'es2023',
      minify: false,
      lib: { entry: join(sources, 'index.ts'), formats: ['es'], fileName: 'index' },
    },
  });
  await build({
    ...common,
    define: { __RUNTIME_VERSION__: JSON.stringify(runtimeVersion()) },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: join(target, 'node'),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: { index: join(sources, 'node/index.ts'), cli: join(sources, 'node/cli.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
}
