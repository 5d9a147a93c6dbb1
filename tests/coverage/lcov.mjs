/**
 * How much of a file, or of all files, the tests ran.
 * @typedef {{ lines: Count, branches: Count, missed: number[] }} Coverage
 * @typedef {{ of: number, run: number }} Count
 */

/**
 * The coverage of each file in an lcov report.
 * @param {string} report
 * @returns {Map<string, Coverage>}
 */
export function readLcov(report) {
  /** @type {Map<string, Coverage>} */
  const files = new Map();
  for (const record of report.split('end_of_record')) {
    const name = /^SF:(.+)$/m.exec(record)?.[1];
    if (name === undefined) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => ({ line: Number(line), count: Number(count) }));
    // A branch of a line that was never reached has the count "-".
    const branches = [...record.matchAll(/^BRDA:\d+,\d+,\d+,(\S+)$/gm)].map(([, count]) => Number(count) > 0);
    files.set(name, {
      lines: { of: lines.length, run: lines.filter(({ count }) => count > 0).length },
      branches: { of: branches.length, run: branches.filter(Boolean).length },
      missed: lines.filter(({ count }) => count === 0).map(({ line }) => line),
    });
  }
  return files;
}

/**
 * @param {Iterable<Coverage>} coverages
 * @returns {Omit<Coverage, 'missed'>}
 */
export function total(coverages) {
  const sum = { lines: { of: 0, run: 0 }, branches: { of: 0, run: 0 } };
  for (const { lines, branches } of coverages) {
    sum.lines.of += lines.of;
    sum.lines.run += lines.run;
    sum.branches.of += branches.of;
    sum.branches.run += branches.run;
  }
  return sum;
}

/**
 * Without lines or branches the coverage is complete.
 * @param {Count} count
 */
export function percent({ of, run }) {
  return of === 0 ? 100 : (100 * run) / of;
}

/**
 * "3, 7-9".
 * @param {number[]} lines in rising order
 */
export function ranges(lines) {
  /** @type {[number, number][]} */
  const found = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
