/**
 * The result of one runner. `problem` says why its numbers cannot be trusted: it died, or ran nothing.
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, seconds: number }} Took how long one test took
 * @typedef {Counts & { name: string, problem?: string, took?: Took[], before?: number }} Tally `before`: the number
 *   that had passed before with the same inputs and did not run again
 */

/**
 * A runner that died or executed no test has failed, whatever it printed.
 * @param {string} name
 * @param {(Counts & { took?: Took[] }) | undefined} counts from its report; undefined if there is none
 * @param {number | null} exitCode
 * @returns {Tally}
 */
export function tallyOf(name, counts, exitCode) {
  if (counts === undefined) {
    return { name, passed: 0, failed: 1, problem: `no test report was written (exit code ${exitCode})` };
  }
  if (counts.passed + counts.failed === 0) {
    return { name, passed: 0, failed: 1, problem: `no tests were executed (exit code ${exitCode})` };
  }
  if (exitCode !== 0 && counts.failed === 0) {
    return { name, ...counts, failed: 1, problem: `the tests failed with exit code ${exitCode}` };
  }
  return { name, ...counts };
}

/** @param {Counts[]} tallies */
export function sum(tallies) {
  return tallies.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/**
 * The counts of a JUnit file written by ctest. A GoogleTest program counts by its own tests, for which
 * its whole output must be in the file; a test that was skipped or not run is not a pass.
 * @param {string} xml
 */
export function readJunit(xml) {
  const cases = [...xml.matchAll(/<testcase\b([^>]*)>([\s\S]*?)<\/testcase>/g)];
  if (!/<testsuite\b/.test(xml)) return undefined;
  const counts = sum(cases.map(([, attributes = '', body = '']) => countCase(/\bstatus="run"/.test(attributes), body)));
  return { ...counts, took: cases.flatMap(([, attributes = '', body = '']) => timesOf(attributes, body)) };
}

/**
 * The times of the tests of a GoogleTest program, otherwise of the case as a whole.
 * @param {string} attributes
 * @param {string} output
 * @returns {Took[]}
 */
function timesOf(attributes, output) {
  const own = [...output.matchAll(/\[ +OK \] (\S+) \((\d+) ms\)/g)].map(([, name = '', ms]) => ({ name, seconds: Number(ms) / 1000 }));
  if (own.length > 0) return own;
  const attribute = (/** @type {string} */ name) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return [{ name: attribute('name') ?? '?', seconds: Number(attribute('time') ?? 0) }];
}

/**
 * @param {boolean} succeeded
 * @param {string} output
 */
function countCase(succeeded, output) {
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(output)?.[1] ?? 0);
  const ran = number(/\[=+\] (\d+) tests? from \d+ test suites? ran\./);
  if (ran === 0) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const passed = number(/\[ {2}PASSED {2}\] (\d+) tests?\./);
  return { passed, failed: Math.max(ran - passed, succeeded ? 0 : 1) };
}

/**
 * The counts of a command that ends with `N passed, N failed`.
 * @param {string} text
 */
export function countClosingLine(text) {
  const line = /^(\d+) passed, (\d+) failed$/m.exec(text.trimEnd().split('\n').at(-1) ?? '');
  return line === null ? undefined : { passed: Number(line[1]), failed: Number(line[2]) };
}

/**
 * The counts of a report written by Jest's --json; a suite that could not be loaded counts as one failure.
 * @param {string} json
 */
export function readJest(json) {
  /** @type {Record<string, number> & { testResults?: { assertionResults: { fullName: string, duration?: number | null }[] }[] }} */
  const report = JSON.parse(json);
  const tests = (report.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: report['numPassedTests'] ?? 0,
    failed: (report['numFailedTests'] ?? 0) + (report['numPendingTests'] ?? 0) + (report['numRuntimeErrorTestSuites'] ?? 0),
    took: tests.map(({ fullName, duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1000 })),
  };
}

/**
 * @param {Tally[]} tallies
 * @param {number} count
 */
export function slowest(tallies, count) {
  return tallies
    .flatMap(({ took = [] }) => took)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count);
}
