import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bundledScript, scriptBesidePage } from './vite-bundled-script.ts';
import { compilerFiles } from './vite-compiler-files.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('web/playground'),
  // Relative URLs: the page works wherever it is put.
  base: './',
  publicDir: false,
  plugins: [
    bundledScript(),
    compilerFiles(path('build/compiler')),
    scriptBesidePage(path('web/playground/isolation-worker.ts'), 'isolation-worker.js'),
  ],
  worker: { format: 'es' },
  build: {
    outDir: path('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // Monaco comes lazily, in one piece.
    chunkSizeWarningLimit: 4000,
    // Small files as files: a data: URL in a style sheet is neither cached nor compressed.
    assetsInlineLimit: 0,
  },
});
