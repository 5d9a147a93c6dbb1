import { expect, test } from '@jest/globals';
import { describeLoad } from './load-status.js';

test('a download says bytes of bytes', () => {
  const state = { type: 'loading', phase: 'download', loadedBytes: 4_200_000, totalBytes: 17_000_000 } as const;
  expect(describeLoad(state)).toBe('Compiler: 4.2 MB of 17.0 MB');
});

test('a download of unknown size says how much has come', () => {
  const state = { type: 'loading', phase: 'download', loadedBytes: 4_200_000, totalBytes: 0 } as const;
  expect(describeLoad(state)).toBe('Compiler: 4.2 MB');
});

test('a failure says what happened', () => {
  expect(describeLoad({ type: 'failed', message: 'no network' })).toBe(
    'The compiler could not be loaded: no network',
  );
});
