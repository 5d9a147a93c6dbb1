import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { apiReference } from './api-reference.ts';
import { bundledScript } from './bundled-script.ts';
import { compilerFiles } from './compiler-files.ts';
import { embeddedElement } from './embedded-element.ts';
import { icons } from './icons.ts';
import { preparedExamples } from './prepared-examples.ts';
import { publishedLater } from './published-later.ts';
import { siteWorker } from './site-worker.ts';

const path = (inProject: string): string => fileURLToPath(new URL(`../../../${inProject}`, import.meta.url));
const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8')) as { version: string };

export default defineConfig({
  root: path('web/playground'),
  // Relative URLs: the page works at any location.
  base: './',
  publicDir: false,
  resolve: {
    alias: [
      // Its script for browsers has a copy of Monaco's core; its module names files of an older Monaco.
      { find: /^monaco-vim$/, replacement: path('node_modules/monaco-vim/dist/index.mjs') },
      { find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1.js' },
    ],
  },
  plugins: [
    icons(),
    apiReference(path('build/api/api.json')),
    bundledScript(),
    compilerFiles(path('build/compiler')),
    preparedExamples(path('build/examples')),
    publishedLater(),
    embeddedElement({
      entry: path('web/embed/main.ts'),
      session: path('web/package/session.ts'),
      version,
      frame: path('web/program/frame/sandbox-frame.ts'),
      compiler: path('build/compiler'),
    }),
    // The element is for other pages, the rest of the compiler is for optimised programs, the other main module for those
    // with threads, the libraries for those that include them, the database for those that connect to it; the examples can be compiled.
    siteWorker(path('web/playground/service/worker/site-worker.ts'), (source) => /\.whole\.wasm$|^(?:threads|libraries|database)-\w+\/|^embed\/|^examples-\w+\/.*\.wasm$/.test(source)),
  ],
  worker: { format: 'es' },
  build: {
    outDir: path('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // Monaco is loaded lazily, in one chunk.
    chunkSizeWarningLimit: 4000,
    // Small files stay separate: a data: URL in a style sheet is neither cached nor compressed.
    assetsInlineLimit: 0,
  },
});
