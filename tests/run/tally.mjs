// @ts-check
/**
 * What one runner did. `problem` says why its numbers cannot be trusted: it died, or ran nothing.
 * @typedef {{ name: string, passed: number, failed: number, problem?: string }} Tally
 */

/**
 * A runner that died, or that executed no test, has failed whatever it printed.
 * @param {string} name
 * @param {{ passed: number, failed: number } | undefined} counts what its report says; undefined if there is none
 * @param {number | null} exitCode
 * @returns {Tally}
 */
export function tallyOf(name, counts, exitCode) {
  if (counts === undefined) {
    return { name, passed: 0, failed: 1, problem: `it left no report (exit code ${exitCode})` };
  }
  if (counts.passed + counts.failed === 0) {
    return { name, passed: 0, failed: 1, problem: `it executed no test (exit code ${exitCode})` };
  }
  if (exitCode !== 0 && counts.failed === 0) {
    return { name, passed: counts.passed, failed: 1, problem: `it ended with exit code ${exitCode}` };
  }
  return { name, ...counts };
}

/** @param {Tally[]} tallies */
export function sum(tallies) {
  return tallies.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/**
 * The counts of a JUnit file as ctest writes it. A GoogleTest program counts by its own tests, for which
 * its whole output must be in the file; a test that was skipped or not run is not a pass.
 * @param {string} xml
 */
export function countJunit(xml) {
  const cases = [...xml.matchAll(/<testcase\b([^>]*)>([\s\S]*?)<\/testcase>/g)];
  if (!/<testsuite\b/.test(xml)) return undefined;
  return cases.map(([, attributes = '', body = '']) => countCase(/\bstatus="run"/.test(attributes), body)).reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  );
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
 * The counts of a report as Jest's --json writes it; a suite that could not be loaded counts as one failure.
 * @param {string} json
 */
export function countJest(json) {
  /** @type {Record<string, number>} */
  const report = JSON.parse(json);
  return {
    passed: report['numPassedTests'] ?? 0,
    failed:
      (report['numFailedTests'] ?? 0) + (report['numPendingTests'] ?? 0) + (report['numRuntimeErrorTestSuites'] ?? 0),
  };
}
