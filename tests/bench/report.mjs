import { marks, ratio, variants } from './catalogue.mjs';

/** @typedef {import('./catalogue.mjs').Variant} Variant */
/** @typedef {ReturnType<typeof import('./statistics.mjs').summarise>} Summary */
/**
 * @typedef {object} Results
 * @property {Record<string, string>} machine
 * @property {number} repetitions
 * @property {{ name: string, what: string, medians: Partial<Record<Variant, Summary>> }[]} benchmarks
 */

/**
 * The object that --json prints.
 * @param {Results} results
 */
export function jsonReport({ machine, repetitions, benchmarks }) {
  return {
    machine,
    repetitions,
    benchmarks: benchmarks.map(({ name, what, medians }) => ({
      name,
      what,
      medians,
      // The time of each of the others, as a multiple of the wasm build's.
      ratios: Object.fromEntries(
        Object.entries(medians).flatMap(([variant, { nanoseconds }]) => {
          const times = variant === 'wasm' ? undefined : ratio(nanoseconds, medians.wasm?.nanoseconds);
          return times === undefined ? [] : [[variant, times]];
        }),
      ),
    })),
    marks: marksOf(benchmarks),
  };
}

/**
 * @param {Results} results
 * @returns {string}
 */
export function textReport({ machine, repetitions, benchmarks }) {
  const columns = /** @type {Variant[]} */ (Object.keys(variants)).filter((variant) =>
    benchmarks.some(({ medians }) => medians[variant] !== undefined),
  );
  const rows = benchmarks.flatMap(({ name, medians }) => {
    const wasm = medians.wasm;
    const times = columns.map((variant) => cell(medians[variant]?.nanoseconds, wasm?.nanoseconds, variant, time));
    const bytes = columns.map((variant) => cell(medians[variant]?.bytes, wasm?.bytes, variant, (it) => `${Math.round(it)} B`));
    return bytes.some((text) => text !== '') ? [[name, ...times], ['  memory', ...bytes]] : [[name, ...times]];
  });
  return [
    ...Object.entries(machine).map(([what, text]) => `${what}: ${text}`),
    `One operation, median of ${repetitions}; in brackets: times what the wasm build takes.`,
    '',
    ...table([['', ...columns.map((variant) => variants[variant])], ...rows]),
    '',
    ...table(
      marksOf(benchmarks).map(({ what, limit, value, met }) => [
        what,
        limit,
        value === undefined ? '' : significant(value),
        met === undefined ? 'not measured' : met ? 'met' : 'NOT MET',
      ]),
    ),
    '',
    ...benchmarks.map(({ name, what }) => `${name.padEnd(15)}${what}`),
  ].join('\n');
}

/** @param {Results['benchmarks']} benchmarks */
function marksOf(benchmarks) {
  return marks(Object.fromEntries(benchmarks.map(({ name, medians }) => [name, medians])));
}

/**
 * @param {number | undefined} value
 * @param {number | undefined} wasm
 * @param {Variant} variant
 * @param {(value: number) => string} format
 */
function cell(value, wasm, variant, format) {
  if (value === undefined) return '';
  const times = variant === 'wasm' ? undefined : ratio(value, wasm);
  return times === undefined ? format(value) : `${format(value)} (${significant(times)})`;
}

/** @param {number} nanoseconds */
function time(nanoseconds) {
  if (nanoseconds < 1000) return `${significant(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${significant(nanoseconds / 1000)} us`;
  return `${significant(nanoseconds / 1e6)} ms`;
}

/** @param {number} value */
function significant(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/**
 * Aligned columns: the first to the left, the others to the right.
 * @param {string[][]} rows
 */
function table(rows) {
  const widths = rows.reduce((all, row) => row.map((text, at) => Math.max(text.length, all[at] ?? 0)), /** @type {number[]} */ ([]));
  return rows.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
