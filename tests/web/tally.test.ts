import { describe, expect, test } from '@jest/globals';
import { countClosingLine, readJest, readJunit, slowest, sum, tallyOf } from '../run/tally.mjs';

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

describe('a report of ctest', () => {
  const report = (...cases: string[]): string => `<?xml version="1.0"?>\n<testsuite name="x"\n\ttests="9">${cases.join('\n')}</testsuite>`;
  const testcase = (status: string, output: string): string =>
    `<testcase name="t" classname="t" time="1" status="${status}"><system-out>${output}</system-out></testcase>`;

  test('counts what ctest did not run as failed', () => {
    const xml = report(testcase('run', ''), testcase('fail', 'x'), testcase('notrun', ''), testcase('disabled', ''));
    expect(readJunit(xml)).toMatchObject({ passed: 1, failed: 3 });
  });

  test('counts a GoogleTest program by its own tests', () => {
    const output = '[==========] 40 tests from 5 test suites ran. (9 ms total)\n[  PASSED  ] 40 tests.\n';
    expect(readJunit(report(testcase('run', output), testcase('run', '')))).toMatchObject({ passed: 41, failed: 0 });
  });

  test('counts what failed or was skipped in a GoogleTest program', () => {
    const output =
      '[==========] 40 tests from 5 test suites ran. (9 ms total)\n[  PASSED  ] 37 tests.\n[  SKIPPED ] 1 test, listed below:\n[  FAILED  ] 2 tests, listed below:\n';
    expect(readJunit(report(testcase('fail', output)))).toMatchObject({ passed: 37, failed: 3 });
  });

  test('counts a GoogleTest program that died after its last test as one more failure', () => {
    const output = '[==========] 40 tests from 5 test suites ran. (9 ms total)\n[  PASSED  ] 40 tests.\nleak\n';
    expect(readJunit(report(testcase('fail', output)))).toMatchObject({ passed: 40, failed: 1 });
  });
});

describe('a failed test is named, with what it printed,', () => {
  test('in a GoogleTest program', () => {
    const output = '[ RUN      ] A.b\n[       OK ] A.b (1 ms)\n[ RUN      ] A.c\nx.cpp:1: Failure\na &lt; b\n[  FAILED  ] A.c (1 ms)\n[==========] 2 tests from 1 test suite ran. (9 ms total)\n[  PASSED  ] 1 test.\n';
    const xml = `<testsuite><testcase name="t" status="fail"><system-out>${output}</system-out></testcase></testsuite>`;
    expect(readJunit(xml)?.broken).toEqual([{ name: 'A.c', message: expect.stringContaining('x.cpp:1: Failure\na < b\n') }]);
  });

  test('in a GoogleTest program that crashed', () => {
    const xml = '<testsuite><testcase name="t" status="fail"><system-out>[ RUN      ] A.b\n[       OK ] A.b (1 ms)\n[ RUN      ] A.c\nSegmentation fault</system-out></testcase></testsuite>';
    expect(readJunit(xml)?.broken).toEqual([{ name: 'A.c', message: expect.stringContaining('Segmentation fault') }]);
  });

  test('in another program', () => {
    const xml = '<testsuite><testcase name="t" status="fail"><system-out>no</system-out></testcase><testcase name="u" status="run"></testcase></testsuite>';
    expect(readJunit(xml)?.broken).toEqual([{ name: 't', message: 'no' }]);
  });

  test('in Jest, a file that could not be loaded by its path', () => {
    const report = {
      testResults: [
        { name: '/a.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
        { name: '/b.test.ts', status: 'failed', assertionResults: [{ fullName: 'x', status: 'failed', failureMessages: ['1 is not 2'] }, { fullName: 'y', status: 'passed' }] },
      ],
    };
    expect(readJest(JSON.stringify(report)).broken).toEqual([{ name: '/a.test.ts', message: 'SyntaxError' }, { name: 'x', message: '1 is not 2' }]);
  });
});

test('the slowest tests are found among those of all runners, GoogleTest programs by their own', () => {
  const junit = '<testsuite><testcase name="whole" time="4" status="run"></testcase><testcase name="t" time="9" status="run"><system-out>[       OK ] A.b (1500 ms)\n[       OK ] A.c (5 ms)</system-out></testcase></testsuite>';
  const jest = { numPassedTests: 2, testResults: [{ assertionResults: [{ fullName: 'x does y', duration: 2000 }, { fullName: 'todo', duration: null }] }] };
  const tallies = [readJunit(junit), readJest(JSON.stringify(jest))].map((counts) => tallyOf('n', counts, 0));
  expect(slowest(tallies, 3)).toEqual([
    { name: 'whole', seconds: 4 },
    { name: 'x does y', seconds: 2 },
    { name: 'A.b', seconds: 1.5 },
  ]);
});

test('a file that is no JUnit report counts as none', () => {
  expect(readJunit('')).toBeUndefined();
});

test('a Jest suite that could not be loaded and a test that was skipped are failures', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(readJest(JSON.stringify(report))).toMatchObject({ passed: 5, failed: 3 });
});

test('a command that ends with its counts is counted by its last line alone', () => {
  expect(countClosingLine('native: 3 passed, 0 failed\n5 passed, 1 failed\n')).toEqual({ passed: 5, failed: 1 });
  expect(countClosingLine('5 passed, 1 failed\nit died\n')).toBeUndefined();
});
