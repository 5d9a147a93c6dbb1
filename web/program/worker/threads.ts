import type { MainModuleCode, ProgramMessage } from '../../protocol/program.js';
import type { MainModule } from './main-module.js';
import type { LoadedCode } from './side-module.js';

/** Sent to a thread worker before Emscripten's own messages. */
export interface ThreadSetup {
  mainModuleScript: string;
  mainModule: WebAssembly.Module;
  program: LoadedCode;
  /** Directly to the page. */
  port: MessagePort;
}

/** Emscripten's records of threads and their workers. */
interface PThread {
  /** Idle, ready for a thread. */
  unusedWorkers: Worker[];
  allocateUnusedWorker(): Worker;
  /** Resolves when the worker is ready. */
  loadWasmModuleToWorker(worker: Worker): Promise<unknown>;
}

/** Maximum number of workers started at once: each takes a while to get ready. */
const MOST_AT_ONCE = 8;

/** The workers of a program's threads. Emscripten assigns one to each thread, and reuses it for the next. */
export class Threads {
  readonly #pthread: PThread;
  readonly #code: MainModuleCode;
  readonly #program: LoadedCode;
  readonly #toPage: (message: ProgramMessage, transfer: Transferable[]) => void;
  readonly #starting = new Set<Promise<void>>();
  #count = 0;

  constructor(
    main: MainModule,
    code: MainModuleCode,
    program: LoadedCode,
    toPage: (message: ProgramMessage, transfer: Transferable[]) => void,
  ) {
    this.#pthread = main.emscripten.evaluate('PThread') as PThread;
    this.#code = code;
    this.#program = program;
    this.#toPage = toPage;
    this.#pthread.allocateUnusedWorker = () => {
      const worker = this.#newWorker();
      this.#pthread.unusedWorkers.push(worker);
      return worker;
    };
  }

  /** Resolves when a worker is ready. A browser starts workers only while this worker's event loop runs. */
  async prepare(): Promise<void> {
    if (this.#pthread.unusedWorkers.length > 0) return;
    // A program that has started some threads probably starts more.
    const wanted = Math.min(MOST_AT_ONCE, 1 + this.#count);
    while (this.#starting.size < wanted) this.#start();
    while (this.#pthread.unusedWorkers.length === 0) await Promise.race(this.#starting);
  }

  #start(): void {
    const worker = this.#newWorker();
    const ready = this.#pthread
      .loadWasmModuleToWorker(worker)
      .then(() => void this.#pthread.unusedWorkers.push(worker))
      // A failed worker must not fail later threads.
      .finally(() => this.#starting.delete(ready));
    this.#starting.add(ready);
  }

  #newWorker(): Worker {
    const { threadScript, mainModuleScript, mainModule } = this.#code;
    if (threadScript === undefined) throw new Error('this main module has no threads');
    this.#count += 1;
    const { port1, port2 } = new MessageChannel();
    this.#toPage({ type: 'thread', port: port1 }, [port1]);
    const worker = new Worker(threadScript);
    const setup: ThreadSetup = { mainModuleScript, mainModule, program: this.#program, port: port2 };
    worker.postMessage(setup, [port2]);
    return worker;
  }
}
