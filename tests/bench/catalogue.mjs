/** The benchmarks, the variants they run in, and the marks they must meet. */

/** @typedef {'wasm' | 'native' | 'promises' | 'pyodide' | 'cpython'} Variant */

/** @type {Record<Variant, string>} */
export const variants = {
  wasm: 'wasm in Chrome',
  native: 'native',
  promises: 'JS promises',
  pyodide: 'Pyodide',
  cpython: 'CPython',
};

/**
 * @typedef {object} Benchmark
 * @property {string} name
 * @property {string} what one operation
 * @property {Variant[]} [without] where it does not run
 * @property {number} [seconds] the minimum duration of each measurement
 */

/** @type {Benchmark[]} */
export const benchmarks = [
  { name: 'turn', what: 'a turn of the loop: sleep(0); in JS an await' },
  { name: 'await', what: 'await of a coroutine that is ready' },
  { name: 'spawn', what: 'a task made, run and awaited' },
  { name: 'gather', what: 'gather of 100 coroutines' },
  { name: 'lock', what: 'a lock acquired and released, 100 tasks for one lock' },
  { name: 'semaphore', what: 'a slot acquired and released, 100 tasks for 10 slots' },
  { name: 'queue', what: 'an item to another task and back' },
  { name: 'sleepers-10k', what: 'one of 10,000 sleeping tasks, made and finished' },
  { name: 'sleepers-100k', what: 'one of 100,000 sleeping tasks, made and finished' },
  // A Python task takes more than a kilobyte, and Pyodide never returns memory.
  { name: 'sleepers-1m', what: 'one of 1,000,000 sleeping tasks, made and finished', without: ['pyodide'] },
  { name: 'cancel-timers', what: 'one of 100,000 timers cancelled' },
];

/**
 * Medians by benchmark and variant: nanoseconds for one operation, and bytes where they are counted.
 * @typedef {Record<string, Partial<Record<Variant, { nanoseconds: number, bytes?: number }>>>} Medians
 */

/**
 * `value` is undefined when one of its measurements is missing.
 * @typedef {{ what: string, limit: string, value: number | undefined, met: boolean | undefined }} Mark
 */

/**
 * @param {Medians} medians
 * @returns {Mark[]}
 */
export function marks(medians) {
  /** @type {(name: string, variant: Variant) => number | undefined} */
  const time = (name, variant) => medians[name]?.[variant]?.nanoseconds;
  const atMost = (/** @type {string} */ what, /** @type {number} */ limit, /** @type {number | undefined} */ value) => ({
    what,
    limit: `<= ${limit}`,
    value,
    met: value === undefined ? undefined : value <= limit,
  });
  const atLeast = (/** @type {string} */ what, /** @type {number} */ limit, /** @type {number | undefined} */ value) => ({
    what,
    limit: `>= ${limit}`,
    value,
    met: value === undefined ? undefined : value >= limit,
  });
  const million = time('sleepers-1m', 'wasm');
  return [
    atMost('turn of the loop / JS await', 0.5, ratio(time('turn', 'wasm'), time('turn', 'promises'))),
    atLeast("Pyodide's turn / turn of the loop", 100, ratio(time('turn', 'pyodide'), time('turn', 'wasm'))),
    atMost('await of a coroutine, wasm / native', 1.1, ratio(time('await', 'wasm'), time('await', 'native'))),
    atMost('bytes of a sleeping task', 300, medians['sleepers-1m']?.wasm?.bytes),
    atMost('seconds for 1,000,000 sleeping tasks', 1.5, million === undefined ? undefined : million / 1000),
    atMost('a task of 1,000,000 / of 10,000', 1.25, ratio(million, time('sleepers-10k', 'wasm'))),
  ];
}

/**
 * @param {number | undefined} numerator
 * @param {number | undefined} denominator
 */
export function ratio(numerator, denominator) {
  return numerator === undefined || denominator === undefined || denominator === 0 ? undefined : numerator / denominator;
}
