import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Parts of web/ that run on different sides of a boundary meet only in web/protocol.
 * @param {string} folder
 * @param {string[]} forbidden
 * @param {string} message
 * @returns {import('eslint').Linter.Config}
 */
function wall(folder, forbidden, message) {
  return {
    files: [`web/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: `^(\\.\\./)+(${forbidden.join('|')})/`, message }] },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'node_modules/', 'tests/package/', 'tests/recipes/docusaurus/.docusaurus/', 'web/docs/.vitepress/.temp/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './web/tsconfig.json', './web/**/worker/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortController', 'AbortSignal', 'Buffer', 'TextDecoder', 'TextEncoder', 'URL', 'WebAssembly',
          'clearInterval', 'clearTimeout', 'console', 'fetch', 'globalThis', 'performance', 'process',
          'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone',
          // In functions that puppeteer carries into the page.
          'window',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // Emscripten joins these to its own script, whose names they use.
    files: ['web/program/main-module/**/*.js', 'runtime/**/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { 'no-undef': 'off' },
  },
  wall(
    'protocol',
    ['cli', 'compile', 'editor', 'embed', 'files', 'panels', 'playground', 'program'],
    'The protocol stands alone: types only.',
  ),
  wall(
    'compile',
    ['cli', 'editor', 'embed', 'files', 'panels', 'playground', 'program'],
    'The compile worker and its client import their own folder and web/protocol.',
  ),
  wall(
    'program',
    ['cli', 'compile', 'editor', 'embed', 'files', 'panels', 'playground'],
    'The program worker and its client import their own folder and web/protocol.',
  ),
  wall(
    'files',
    ['cli', 'compile', 'editor', 'embed', 'panels', 'playground', 'program'],
    'What keeps files knows the protocol; it knows no program and no page.',
  ),
  wall(
    'panels',
    ['cli', 'compile', 'editor', 'embed', 'files', 'playground', 'program'],
    'A panel shows what it is handed; it knows no worker and no page.',
  ),
  wall(
    'editor',
    ['cli', 'compile', 'embed', 'files', 'panels', 'playground', 'program'],
    'The editor knows text and diagnostics; it knows no worker and no page.',
  ),
);
