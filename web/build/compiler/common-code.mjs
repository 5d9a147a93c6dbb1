import { WasmModule } from './wasm-code.mjs';

const MARKS = 'marks';

/** A function between two used ones, no further apart than this, is probably from the same source file. */
const NEIGHBOURHOOD_BYTES = 2000;

/** No local variables; `unreachable`; the end. */
const ABSENT = Buffer.from([0x00, 0x00, 0x0b]);

/**
 * The module with only the used functions and their neighbours. The others trap: no program of the page uses most of the
 * compiler, and the page fetches that part only when a program needs it.
 * @param {Buffer} bytes
 * @param {Uint8Array} used a byte for each function
 */
export function commonPart(bytes, used) {
  const module = new WasmModule(bytes);
  const kept = withNeighbours(module, used);
  return module.withBodies(module.bodies.map((body, index) => (kept[index] ? body : ABSENT)));
}

/**
 * @param {WasmModule} module
 * @param {Uint8Array} used
 */
function withNeighbours(module, used) {
  const kept = used.slice();
  let last = -1;
  let between = 0;
  module.bodies.forEach((body, index) => {
    if (!used[index]) {
      between += body.length;
      return;
    }
    if (last !== -1 && between <= NEIGHBOURHOOD_BYTES) kept.fill(1, last, index);
    last = index;
    between = 0;
  });
  return kept;
}

/** Records which functions of a module are used by the runs it watches. */
export class UsedCode {
  #module;
  #used;
  /** @type {WebAssembly.Instance | undefined} */
  #watched;

  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.#module = new WasmModule(bytes);
    this.#used = new Uint8Array(this.#module.bodies.length);
  }

  /** The instrumented module to run instead; pass its instances to watch(). */
  marked() {
    return this.#module.withMarks(MARKS);
  }

  /** @param {WebAssembly.Instance} instance before it runs */
  watch(instance) {
    if (instance.exports[`${MARKS}0`] === undefined) return;
    this.#collect();
    this.#watched = instance;
  }

  /** The functions used by the runs so far. */
  used() {
    this.#collect();
    return this.#used;
  }

  #collect() {
    if (this.#watched === undefined) return;
    const marks = WasmModule.marksOf(this.#watched, MARKS, this.#used.length);
    marks.forEach((mark, index) => {
      if (mark === 1) this.#used[index] = 1;
    });
    this.#watched = undefined;
  }
}
