import { UserError } from './process.mjs';

export const usage = `usage: npm run --silent snippet -- FILE.cpp [--json] [--timeout S] [--stdin FILE] [-O0|-O1|-O2]
  [--clock real|fast|slow] [--seed N]

Compiles and runs FILE.cpp in the built playground, in a headless Chromium.
  --json         prints one object with exit code, output, diagnostics and times at the end
  --timeout S    ends the run after S seconds, with exit code 124
  --stdin FILE   gives the program this file as its standard input; default: the standard input of this command
  -O0, -O1, -O2  the optimisation level; default: -O0
  --clock CLOCK  real (default), fast (sleeps take no time) or slow (sleeps take ten times as long)
  --seed N       shuffles the order that asyncio leaves open; the same N gives the same order`;

/**
 * @typedef {{ file: string, json: boolean, timeoutMs: number | undefined, stdin: string | undefined,
 *   optimisation: '0' | '1' | '2', clock: 'real' | 'fast' | 'slow', seed: number | null }} SnippetArguments
 */

/**
 * @param {string[]} args
 * @returns {SnippetArguments}
 */
export function parseArguments(args) {
  const rest = [...args];
  const files = [];
  let json = false;
  /** @type {number | undefined} */
  let timeoutMs;
  /** @type {string | undefined} */
  let stdin;
  /** @type {'0' | '1' | '2'} */
  let optimisation = '0';
  /** @type {'real' | 'fast' | 'slow'} */
  let clock = 'real';
  /** @type {number | null} */
  let seed = null;
  while (rest.length > 0) {
    const arg = /** @type {string} */ (rest.shift());
    if (arg === '--json') json = true;
    else if (arg === '--timeout') timeoutMs = seconds(valueOf(arg, rest)) * 1000;
    else if (arg === '--stdin') stdin = valueOf(arg, rest);
    else if (arg === '--clock') clock = clockNamed(valueOf(arg, rest));
    else if (arg === '--seed') seed = seedOf(valueOf(arg, rest));
    else if (arg.startsWith('-O')) optimisation = level(arg.slice(2));
    else if (arg.startsWith('-') && arg !== '-') throw wrong(`Unknown option: ${arg}.`);
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined) throw wrong('No file given: name the file to run.');
  if (files.length > 1) throw wrong(`Only one file can be run at a time, not ${files.length}: ${files.join(', ')}.`);
  return { file, json, timeoutMs, stdin, optimisation, clock, seed };
}

/**
 * @param {string} option
 * @param {string[]} rest
 */
function valueOf(option, rest) {
  const value = rest.shift();
  if (value === undefined) throw wrong(`${option} needs a value.`);
  return value;
}

/** @param {string} text */
function seconds(text) {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400)) throw wrong(`--timeout must be a number of seconds, more than 0 and at most one day, not ${text}.`);
  return value;
}

/** @param {string} text */
function level(text) {
  if (text !== '0' && text !== '1' && text !== '2') throw wrong(`Unknown optimisation level -O${text}: use -O0, -O1 or -O2.`);
  return text;
}

/** @param {string} text */
function clockNamed(text) {
  // A paused clock is not offered: nobody could step it.
  if (text !== 'real' && text !== 'fast' && text !== 'slow') throw wrong(`--clock must be real, fast or slow, not ${text}.`);
  return text;
}

/** @param {string} text */
function seedOf(text) {
  const seed = Number(text);
  if (text === '' || !Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) throw wrong(`--seed must be a whole number from 0 to 4294967295, not ${text}.`);
  return seed;
}

/** @param {string} sentence */
function wrong(sentence) {
  return new UserError(`${sentence}\n\n${usage}`);
}
