const typescript = {
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  // Sources name their imports as they run, .js; on disk they are .ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: '<rootDir>/tests/run/recording-environment.mjs',
  injectGlobals: false,
  // It has this project's name.
  modulePathIgnorePatterns: ['<rootDir>/build/package/'],
};

const inBrowser = (/** @type {string[]} */ names) => names.map((name) => `<rootDir>/tests/browser/${name}.test.ts`);
const patternOf = (/** @type {string} */ path) => `${path.replaceAll('.', '\\.')}$`;

/** They say how long something may take, so nothing else runs beside them. */
const timed = inBrowser([
  ...['console', 'editor', 'editor-speed', 'embed', 'http', 'prepared-examples', 'program', 'run', 'timeline', 'waits', 'watch'],
]);

/** They take long and seldom find anything: sites of six generators, a storage that fails once. */
const rarelyNeeded = inBrowser(['recipes', 'failing-cache']);

export default {
  projects: [
    { ...typescript, displayName: 'web', testMatch: ['<rootDir>/web/**/*.test.ts', '<rootDir>/tools/**/*.test.ts', '<rootDir>/tests/web/**/*.test.ts'] },
    { ...typescript, displayName: 'browser', testMatch: inBrowser(['*']), testPathIgnorePatterns: [...timed, ...rarelyNeeded].map(patternOf) },
    { ...typescript, displayName: 'browser-timed', testMatch: timed },
    { ...typescript, displayName: 'browser-all', testMatch: rarelyNeeded },
  ],
  testTimeout: 60_000,
};
