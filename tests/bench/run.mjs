/** `npm run bench`: measures the runtime and its peers in one run, in turns. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { main, root, UserError } from '../../tools/process.mjs';
import { parseArguments } from './arguments.mjs';
import { variants } from './catalogue.mjs';
import { measureCpython, measureNative, pythonVersion } from './processes.mjs';
import { jsonReport, textReport } from './report.mjs';
import { summarise } from './statistics.mjs';

/** The minimum duration of each measurement. */
const SECONDS = 0.1;
/** A benchmark that takes longer than this is measured once. */
const LONG_SECONDS = 5;

/** @typedef {import('./catalogue.mjs').Variant} Variant */

await main(async () => {
  const { json, repetitions, chosen } = parseArguments(process.argv.slice(2));
  build();
  // Imported only now: it uses packages that the set-up may have just installed.
  const { openBrowser } = await import('./browser.mjs');
  const python = await pythonVersion();
  if (python === undefined) console.error('There is no python3 on PATH: CPython is left out.');
  const browser = await openBrowser();
  try {
    /** @type {Partial<Record<Variant, (name: string) => Promise<import('./statistics.mjs').Sample>>>} */
    const measure = {
      wasm: (name) => browser.measure('wasm', name, SECONDS),
      native: (name) => measureNative(name, SECONDS),
      promises: (name) => browser.measure('promises', name, SECONDS),
      pyodide: (name) => browser.measure('pyodide', name, SECONDS),
      ...(python === undefined ? {} : { cpython: (name) => measureCpython(name, SECONDS) }),
    };
    const benchmarks = [];
    for (const { name, what, without = [] } of chosen) {
      const present = /** @type {Variant[]} */ (Object.keys(variants)).filter((it) => measure[it] !== undefined && !without.includes(it));
      /** @type {Set<Variant>} */
      const done = new Set();
      /** @type {Map<Variant, import('./statistics.mjs').Sample[]>} */
      const samples = new Map(present.map((variant) => [variant, []]));
      for (let repetition = 1; repetition <= repetitions; ++repetition) {
        for (const variant of present.filter((it) => !done.has(it))) {
          note(`${name}, ${repetition} of ${repetitions}: ${variants[variant]}`);
          const sample = await measure[variant]?.(name).catch((error) => {
            throw new UserError(`The benchmark ${name} failed in ${variants[variant]}: ${error.message}`);
          });
          if (sample === undefined) continue;
          samples.get(variant)?.push(sample);
          // A benchmark that takes this long is not repeated: its relative error is small.
          if (sample.seconds > LONG_SECONDS) done.add(variant);
        }
      }
      benchmarks.push({ name, what, medians: Object.fromEntries([...samples].map(([variant, some]) => [variant, summarise(some)])) });
    }
    const machine = { Chrome: browser.version, ...(python === undefined ? {} : { CPython: python }), processor: cpus()[0]?.model ?? '?' };
    const results = { machine, repetitions, benchmarks };
    console.log(json ? JSON.stringify(jsonReport(results)) : textReport(results));
  } finally {
    await browser.close();
  }
});

function build() {
  step('the toolchain', process.execPath, ['emsdk-config/setup.mjs']);
  // If the page was built, the main module links its precompiled code, which must be up to date.
  if (existsSync(join(root, 'build/compiler/pch-code.o'))) {
    step("the page's compiler files", process.execPath, ['web/build/compiler/build.mjs']);
  }
  for (const [preset, targets] of /** @type {const} */ ([
    ['native-release', ['bench']],
    ['wasm-tests', ['bench', 'asyncio_main_module']],
  ])) {
    step(`the ${preset} build`, 'cmake', ['--preset', preset]);
    step(`the ${preset} build`, 'cmake', ['--build', '--preset', preset, '--target', ...targets]);
  }
}

/**
 * Shows the output of a command only if it fails.
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 */
function step(what, command, args) {
  note(what);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new UserError(`${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}\nThe step "${what}" failed: see above.`);
}

/** The progress: on a terminal, in one line that is overwritten by the next. */
function note(/** @type {string} */ text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}\r`);
}
