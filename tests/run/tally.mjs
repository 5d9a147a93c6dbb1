/**
 * The result of one runner. `problem` says why its numbers cannot be trusted: it died, or ran nothing.
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, seconds: number }} Took how long one test took
 * @typedef {{ name: string, message: string }} Broken a test that failed, and what it printed
 * @typedef {Counts & { took?: Took[], broken?: Broken[] }} Report
 * @typedef {Report & { name: string, problem?: string, before?: number }} Tally `before`: the number that had passed
 *   before with the same inputs and did not run again
 */

/**
 * A runner that died or executed no test has failed, whatever it printed.
 * @param {string} name
 * @param {Report | undefined} counts from its report; undefined if there is none
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
  return {
    ...counts,
    took: cases.flatMap(([, attributes = '', body = '']) => timesOf(attributes, body)),
    broken: cases.flatMap(([, attributes = '', body = '']) => (/\bstatus="run"/.test(attributes) ? [] : brokenOf(attributes, unescapeXml(body)))),
  };
}

/**
 * What failed in a GoogleTest program, each from its start on; otherwise the case as a whole.
 * @param {string} attributes
 * @param {string} output
 * @returns {Broken[]}
 */
function brokenOf(attributes, output) {
  const runs = output.split(/^(?=\[ RUN {6}\] )/m).slice(1);
  const own = runs.flatMap((run) => {
    const [, name = ''] = /^\[ RUN {6}\] (\S+)/.exec(run) ?? [];
    const end = run.indexOf(`[       OK ] ${name} (`);
    return end >= 0 || run.includes(`[  SKIPPED ] ${name} (`) ? [] : [{ name, message: run }];
  });
  return own.length > 0 ? own : [{ name: attribute(attributes, 'name'), message: output }];
}

/**
 * @param {string} attributes
 * @param {string} name
 */
function attribute(attributes, name) {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '?';
}

/** @param {string} text */
function unescapeXml(text) {
  const plain = text.replace(/<[^>]*>/g, '');
  return plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
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
  return [{ name: attribute(attributes, 'name'), seconds: Number(attribute(attributes, 'time')) }];
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
 * @typedef {object} JestFile
 * @property {string} [name] its path
 * @property {string} [status]
 * @property {string} [message]
 * @property {{ fullName: string, duration?: number | null, status?: string, failureMessages?: string[] }[]} assertionResults
 */

/**
 * The counts of a report written by Jest's --json; a suite that could not be loaded counts as one failure.
 * @param {string} json
 */
export function readJest(json) {
  /** @type {Record<string, number> & { testResults?: JestFile[] }} */
  const report = JSON.parse(json);
  const tests = (report.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: report['numPassedTests'] ?? 0,
    failed: (report['numFailedTests'] ?? 0) + (report['numPendingTests'] ?? 0) + (report['numRuntimeErrorTestSuites'] ?? 0),
    took: tests.map(({ fullName, duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1000 })),
    broken: (report.testResults ?? []).flatMap(brokenInFile),
  };
}

/**
 * @param {JestFile} file
 * @returns {Broken[]}
 */
function brokenInFile({ name = '?', status, message = '', assertionResults }) {
  const broken = assertionResults.filter((test) => test.status !== undefined && test.status !== 'passed');
  if (broken.length === 0 && status === 'failed') return [{ name, message }];
  return broken.map(({ fullName, status: outcome = '', failureMessages = [] }) => ({ name: fullName, message: failureMessages.join('\n') || outcome }));
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
