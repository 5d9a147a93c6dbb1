/**
 * Compiles programs in parallel, with one compiler per processor. The results are cached, so that `toolsHere()`'s
 * compiler returns them at once; it also reports the errors.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Peak memory of a compiler, bytes. */
const memoryEach = 1.5e9;

/**
 * @param {{ files: Record<string, string>, options: object }[]} programs
 * @param {(done: number, all: number) => void} [onProgress]
 */
export async function compileAhead(programs, onProgress) {
  const queue = [...programs];
  let done = 0;
  const count = Math.min(availableParallelism(), Math.floor(freeMemory() / memoryEach), queue.length);
  await Promise.all(Array.from({ length: count }, () => work(queue, () => onProgress?.((done += 1), programs.length))));
}

function freeMemory() {
  return process.availableMemory?.() ?? memoryEach;
}

/**
 * Runs one compiler until the queue is empty. If it dies, a later request for its program reports why.
 * @param {{ files: Record<string, string>, options: object }[]} queue
 * @param {() => void} onDone
 * @returns {Promise<void>}
 */
function work(queue, onDone) {
  const child = fork(fileURLToPath(new URL('compile-ahead-worker.mjs', import.meta.url)));
  const next = () => {
    const program = queue.shift();
    if (program === undefined) child.disconnect();
    else child.send(program);
  };
  child.on('message', () => {
    onDone();
    next();
  });
  next();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}
