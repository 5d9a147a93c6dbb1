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
  testEnvironment: 'node',
  injectGlobals: false,
  // It has this project's name.
  modulePathIgnorePatterns: ['<rootDir>/build/package/'],
};

export default {
  projects: [
    { ...typescript, displayName: 'web', testMatch: ['<rootDir>/web/**/*.test.ts', '<rootDir>/tests/web/**/*.test.ts'] },
    { ...typescript, displayName: 'browser', testMatch: ['<rootDir>/tests/browser/**/*.test.ts'] },
  ],
  testTimeout: 60_000,
};
