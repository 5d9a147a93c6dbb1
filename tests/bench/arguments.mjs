import { UserError } from '../../tools/process.mjs';
import { benchmarks } from './catalogue.mjs';

export const usage = `usage: npm run --silent bench -- [--json] [--repetitions N] [NAME...]

Measures the C++ runtime in headless Chromium beside the same in JavaScript promises and in Pyodide in
that Chromium, beside the native build, and beside CPython where there is a python3.
  --json           prints one object instead of a table
  --repetitions N  measurements of each benchmark, of which the median is reported; default: 5
  NAME             measures only these benchmarks: ${benchmarks.map(({ name }) => name).join(', ')}`;

/**
 * @typedef {{ json: boolean, repetitions: number, chosen: import('./catalogue.mjs').Benchmark[] }} BenchArguments
 * @param {string[]} args
 * @returns {BenchArguments}
 */
export function parseArguments(args) {
  const rest = [...args];
  const names = new Set();
  let json = false;
  let repetitions = 5;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') json = true;
    else if (arg === '--repetitions') repetitions = wholeNumber(rest.shift());
    else if (arg.startsWith('-')) throw wrong(`Unknown option: ${arg}.`);
    else if (!benchmarks.some(({ name }) => name === arg)) throw wrong(`Unknown benchmark: ${arg}.`);
    else names.add(arg);
  }
  return { json, repetitions, chosen: benchmarks.filter(({ name }) => names.size === 0 || names.has(name)) };
}

/** @param {string | undefined} text */
function wholeNumber(text) {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 1 || value > 1000) {
    throw wrong(`--repetitions must be a whole number from 1 to 1000${text === undefined ? '' : `, not ${text}`}.`);
  }
  return value;
}

/** @param {string} sentence */
function wrong(sentence) {
  return new UserError(`${sentence}\n\n${usage}`);
}
