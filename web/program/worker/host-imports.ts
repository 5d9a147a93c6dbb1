import type { ProgramClock } from './clock.js';
import type { WasmImports } from './emscripten.js';
import type { Input } from './io/input.js';
import type { MainExports } from './main-module.js';
import { readString } from './memory.js';
import type { Pace } from './pace.js';
import type { Poll } from './poll.js';
import type { Watcher } from './watcher.js';

/** JavaScript Promise Integration, which TypeScript's library does not declare yet. */
interface PromiseIntegration {
  promising?: (func: WebAssembly.ExportValue) => (...values: number[]) => Promise<unknown>;
  Suspending?: new (func: (...values: [number, number, number]) => unknown) => WebAssembly.ImportValue;
}
const { promising, Suspending }: PromiseIntegration = WebAssembly as PromiseIntegration;

/** Waiting on shared memory, which TypeScript's library does not declare yet either. */
type WaitResult = 'ok' | 'not-equal' | 'timed-out';
const { waitAsync } = Atomics as unknown as {
  waitAsync: (view: Int32Array, index: number, value: number, ms: number) => { value: WaitResult | Promise<WaitResult> };
};

/** Whether a wait can suspend the program's main() while the browser continues. */
export const canBlock = promising !== undefined && Suspending !== undefined;

/** Calls into the program so that it can be suspended; without support it must leave the stack to wait. */
export function callBlocking(func: WebAssembly.ExportValue, ...values: number[]): Promise<unknown> {
  if (promising === undefined) {
    return new Promise((resolve) => {
      resolve((func as (...values: number[]) => unknown)(...values));
    });
  }
  return promising(func)(...values);
}

/** How the program left, if it announced it. */
export interface Departure {
  exitCode?: number;
  aborted?: boolean;
  /** Why it is about to abort. */
  crashMessage?: string;
  /** It left the stack, and its event loop must be pumped. */
  detached?: boolean;
}

/** WASI error numbers. */
const errno = { again: 6, interrupted: 27 };

/** Standard input as the program reads it. */
export interface ProgramInput {
  input: Input;
  /** Whether a read of the file descriptor reads standard input. */
  isReadBy(fd: number): boolean;
  /** A read found nothing, and the program cannot be suspended until there is input. */
  cannotWait(): void;
}

type Import = (...values: number[]) => unknown;
type ClockTimeGet = (id: number, precision: bigint, address: number) => number;

/** The WASI clock id of the time of day. */
const REALTIME = 0;

/** The program's clock and watcher. */
export interface HostParts {
  clock: ProgramClock;
  pace: Pace;
  watcher: Watcher;
  /** Shows the program's output before it waits. */
  beforeWait: () => void;
  /** The same before its event loop waits: only there functions of the program may be called that take memory. */
  beforeLoopWaits?: () => void;
}

/** The main module's imports that the worker implements (main-module/host.hpp, runtime/src/browser/host.hpp). */
export class HostImports {
  readonly departure: Departure = {};
  readonly #beforeWait: () => void;
  readonly #clock: ProgramClock;
  readonly #mayBlock: boolean;
  readonly #own: Record<string, WebAssembly.ImportValue>;
  #exports: MainExports | undefined;
  #memory: WebAssembly.Memory | undefined;
  #standardInput: ProgramInput | undefined;
  #poll: Poll | undefined;
  #readyNow: (files: number, count: number) => number = () => 0;
  #waiting = false;
  #prepareThread: () => Promise<void> = () => Promise.resolve();

  /** `mayBlock`: whether the program runs where a wait can suspend it, if the browser supports that. */
  constructor({ clock, pace, watcher, beforeWait, beforeLoopWaits }: HostParts, mayBlock = true) {
    this.#beforeWait = beforeWait;
    this.#clock = clock;
    this.#mayBlock = mayBlock;
    this.#own = {
      proc_exit: (code: number) => {
        this.#leave({ exitCode: code });
      },
      _abort_js: () => {
        this.#leave({ aborted: true });
      },
      asyncio_host_detach: () => {
        this.#leave({ detached: true });
      },
      asyncio_host_crash: (message: number) => {
        this.departure.crashMessage = this.#readString(message);
      },
      asyncio_host_has_stack: () => (hasStack() ? 1 : 0),
      asyncio_host_can_block: () => (this.#canWait ? 1 : 0),
      asyncio_host_wait: suspending((seconds = 0) => this.#waitFor(pace.wait(seconds), beforeLoopWaits)),
      asyncio_host_sleep: suspending((seconds = 0) => this.#waitFor(pace.sleep(seconds))),
      asyncio_host_poll: suspending((files = 0, count = 0, milliseconds = 0) =>
        this.#wait(() => this.#waitForFiles(files, count, milliseconds)),
      ),
      asyncio_host_wake: () => {
        pace.wake();
      },
      emscripten_get_now: () => clock.now(),
      emscripten_date_now: () => clock.date(),
      asyncio_host_peek_time: () => clock.peek() / 1000,
      asyncio_host_real_time: () => performance.now() / 1000,
      asyncio_host_pause: suspending(() => {
        beforeLoopWaits?.();
        return this.#wait(() => watcher.pause());
      }),
      asyncio_host_trace: (...[records, bytes, texts, textBytes]: [number, number, number, number]) => {
        watcher.trace(records, bytes, texts, textBytes);
      },
      asyncio_host_await_graph: (json: number) => {
        watcher.showAwaitGraph(json);
      },
      asyncio_host_prepare_thread: suspending(() => this.#wait(() => this.#prepareThread())),
      asyncio_host_futex_wait: suspending((address = 0, value = 0, milliseconds = 0) =>
        this.#wait(() => this.#waitForFutex(address, value, milliseconds)),
      ),
    };
  }

  /** Replaces Emscripten's imports; returns the imports to instantiate with. */
  replaceIn(imports: WasmImports): WasmImports {
    const now = imports.env?.emscripten_get_now;
    // With threads its origin differs from that of performance.now().
    if (typeof now === 'function') this.#clock.readFrom(now as () => number);
    for (const table of Object.values(imports)) {
      for (const [name, value] of Object.entries(this.#own)) if (name in table) table[name] = value;
    }
    const readyNow = imports.env?.__syscall_poll_nonblocking;
    if (typeof readyNow === 'function') this.#readyNow = readyNow as (files: number, count: number) => number;
    const { wasi_snapshot_preview1: wasi } = imports;
    const read = wasi?.fd_read;
    const time = wasi?.clock_time_get;
    // A thread's reads are done by the first thread.
    if (typeof read !== 'function' || typeof time !== 'function' || !this.#mayBlock) return imports;
    // A copy: Emscripten itself looks up a function in the original table.
    return {
      ...imports,
      wasi_snapshot_preview1: {
        ...wasi,
        clock_time_get: this.#clockTimeGet(time as ClockTimeGet),
        fd_read: suspending((...values) => this.#read(read as Import, values)),
      },
    };
  }

  /** The clock behind std::chrono. */
  #clockTimeGet(original: ClockTimeGet): ClockTimeGet {
    return (id, precision, address) => {
      if (this.#clock.isReal || this.#memory === undefined) return original(id, precision, address);
      const milliseconds = id === REALTIME ? this.#clock.date() : this.#clock.now();
      new DataView(this.#memory.buffer).setBigUint64(address, BigInt(Math.round(milliseconds * 1e6)), true);
      return 0;
    };
  }

  connect(exports: MainExports, memory: WebAssembly.Memory): void {
    this.#exports = exports;
    this.#memory = memory;
  }

  /** `prepare` resolves when the next thread can start while this one continues. */
  connectThreads(prepare: () => Promise<void>): void {
    this.#prepareThread = prepare;
  }

  #waitForFiles(files: number, count: number, milliseconds: number): Promise<number> {
    if (this.#poll === undefined || this.#memory === undefined) throw new Error('no files to wait for');
    // A copy: the memory may grow meanwhile.
    const given = this.#memory.buffer.slice(files, files + count * 8);
    return this.#poll.wait(new DataView(given), milliseconds, () => this.#readyNow(files, count));
  }

  /** Returns 1 on timeout. */
  async #waitForFutex(address: number, value: number, milliseconds: number): Promise<number> {
    if (this.#memory === undefined) throw new Error('no memory to wait for');
    const waited = waitAsync(new Int32Array(this.#memory.buffer), address / 4, value | 0, milliseconds);
    return (await waited.value) === 'timed-out' ? 1 : 0;
  }

  connectPoll(poll: Poll): void {
    this.#poll = poll;
  }

  connectInput(input: ProgramInput): void {
    this.#standardInput = input;
  }

  get #canWait(): boolean {
    return canBlock && this.#mayBlock && !this.#waiting;
  }

  /** The time to wait for may have passed already. */
  #waitFor(passing: Promise<void> | undefined, before?: () => void): Promise<void> | undefined {
    if (passing === undefined) return undefined;
    before?.();
    return this.#wait(() => passing);
  }

  async #wait<T>(pause: () => Promise<T>): Promise<T> {
    this.#beforeWait();
    this.#waiting = true;
    try {
      return await pause();
    } finally {
      this.#waiting = false;
    }
  }

  /** Suspends a read of standard input until there is some. */
  #read(read: Import, values: number[]): unknown {
    const standardInput = this.#standardInput;
    const [fd = -1] = values;
    if (standardInput === undefined || standardInput.input.ready || !standardInput.isReadBy(fd)) return read(...values);
    // Shows a prompt without a newline.
    this.#exports?.fflush(0);
    if (!this.#canWait) {
      standardInput.cannotWait();
      return errno.again;
    }
    return this.#wait(() => standardInput.input.whenReady()).then((how) =>
      how === 'interrupted' ? errno.interrupted : read(...values),
    );
  }

  /**
   * Ends the program's stack by a trap: a JavaScript exception would run the destructors of every frame, and end in
   * std::terminate at a noexcept function.
   */
  #leave(how: Departure): void {
    Object.assign(this.departure, how);
    this.#exports?.__trap();
  }

  #readString(pointer: number): string {
    return this.#memory === undefined ? '' : readString(this.#memory, pointer);
  }
}

function suspending(func: Import): WebAssembly.ImportValue {
  return Suspending === undefined ? func : new Suspending(func);
}

/** Whether the engine's stack has room for a few more calls. */
function hasStack(): boolean {
  const descend = (levels: number): number => (levels === 0 ? 0 : 1 + descend(levels - 1));
  try {
    return descend(200) === 200;
  } catch {
    return false;
  }
}
