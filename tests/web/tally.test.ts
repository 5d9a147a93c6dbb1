import { describe, expect, test } from '@jest/globals';
import { countJest, countJunit, sum, tallyOf } from '../run/tally.mjs';

describe('a runner', () => {
  test('that passed counts its tests', () => {
    expect(tallyOf('native', { passed: 3, failed: 0 }, 0)).toEqual({ name: 'native', passed: 3, failed: 0 });
  });

  test('that left no report has failed', () => {
    expect(tallyOf('native', undefined, 139)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('that executed nothing has failed', () => {
    expect(tallyOf('native', { passed: 0, failed: 0 }, 0)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('that died after its tests passed has failed', () => {
    expect(tallyOf('native', { passed: 3, failed: 0 }, 1)).toMatchObject({ passed: 3, failed: 1 });
  });
});

test('the sum is over all runners', () => {
  const tallies = [
    { name: 'a', passed: 3, failed: 1 },
    { name: 'b', passed: 4, failed: 0 },
  ];
  expect(sum(tallies)).toEqual({ passed: 7, failed: 1 });
});

test('what ctest did not run is no pass', () => {
  const xml = '<?xml version="1.0"?>\n<testsuite name="x"\n\ttests="10"\n\tfailures="1"\n\tdisabled="1"\n\tskipped="2"\n>';
  expect(countJunit(xml)).toEqual({ passed: 6, failed: 4 });
});

test('a file that is no JUnit report counts as none', () => {
  expect(countJunit('')).toBeUndefined();
});

test('a Jest suite that could not be loaded and a test that was skipped are failures', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(countJest(JSON.stringify(report))).toEqual({ passed: 5, failed: 3 });
});
