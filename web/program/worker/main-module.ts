import { readDylinkInfo } from './dylink.js';
import type { EmscriptenFactory, EmscriptenModule, EmscriptenOptions, WasmImports } from './emscripten.js';
import type { HostImports } from './host-imports.js';
import type { Io } from './io/io.js';
import { readString } from './memory.js';

/** The main module's exports that the worker itself calls. */
export interface MainExports extends Record<string, WebAssembly.ExportValue> {
  __indirect_function_table: WebAssembly.Table;
  __stack_pointer: WebAssembly.Global<'i32'>;
  __trap: () => void;
  __cxa_demangle: (name: number, buffer: number, length: number, status: number) => number;
  calloc: (count: number, size: number) => number;
  malloc: (size: number) => number;
  free: (pointer: number) => void;
  fflush: (file: number) => number;
  asyncio_program_start: (constructors: number, kind: number, entry: number, argc: number, argv: number) => void;
  asyncio_program_exit_code: () => number;
  asyncio_program_running_coroutines: () => number;
  asyncio_host_interrupt: () => number;
  asyncio_host_pump: () => number;
  asyncio_host_finish: () => number;
  asyncio_host_set_tracing: (on: number) => void;
  asyncio_host_flush_trace: () => void;
  asyncio_host_ask_await_graph: () => number;
  asyncio_host_set_paused: (paused: number) => void;
  asyncio_host_set_seed: (seed: number) => void;
  asyncio_host_tasks_made: () => number;
  asyncio_host_running_task_name: () => number;
  exit: (code: number) => void;
  emscripten_stack_get_end: () => number;
}

interface Instance {
  exports: MainExports;
  imports: WasmImports;
  memory: WebAssembly.Memory;
  /** Exports that are offsets from the address of the thread's variables. */
  threadLocals: Set<string>;
  threadBase: number;
}

/** The main module in a worker, before and while it runs a program or one of its threads. */
export class MainModule {
  readonly emscripten: EmscriptenModule;
  readonly #instance: Instance;
  readonly #stackTop: number;

  private constructor(emscripten: EmscriptenModule, instance: Instance) {
    this.emscripten = emscripten;
    this.#instance = instance;
    this.#stackTop = instance.exports.__stack_pointer.value;
  }

  /** For the program's first thread. */
  static async instantiate(
    factory: EmscriptenFactory,
    module: WebAssembly.Module,
    host: HostImports,
    io: Io,
    onMessage: (text: string) => void,
  ): Promise<MainModule> {
    let instance: Instance | undefined;
    let fail: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const emscripten = factory({
      noInitialRun: true,
      noExitRuntime: true,
      asyncioIo: io,
      instantiateWasm(imports, onInstance) {
        makeInstance(module, imports, host).then((made) => {
          instance = made;
          onInstance({ exports: toldExports(made) }, module);
        }, fail);
      },
      print: onMessage,
      printErr: onMessage,
    });
    const made = await Promise.race([emscripten, failed]);
    if (instance === undefined) throw new Error('the main module was not instantiated');
    io.promises.connect((number, fulfilled, value) => {
      made.asyncioSettle(number, fulfilled, value);
    });
    return new MainModule(made, instance);
  }

  /**
   * For a worker of other threads, run one after another. Emscripten's own messages continue from here: the first brings
   * the memory, the others the threads. `onThread` is called when one is about to start.
   */
  static instantiateForThreads(
    factory: EmscriptenFactory,
    module: WebAssembly.Module,
    host: HostImports,
    onThread: (main: MainModule) => void,
  ): void {
    const options: EmscriptenOptions = {
      noInitialRun: true,
      noExitRuntime: true,
      instantiateWasm(imports, onInstance) {
        void makeInstance(module, imports, host).then((made) => {
          // Emscripten uses the options object itself as its module.
          const main = new MainModule(options as EmscriptenOptions & EmscriptenModule, made);
          const told = toldExports(made, () => {
            onThread(main);
          });
          onInstance({ exports: told }, module);
        });
      },
    };
    void factory(options);
  }

  get exports(): MainExports {
    return this.#instance.exports;
  }

  get memory(): WebAssembly.Memory {
    return this.#instance.memory;
  }

  /** The name of the running task; undefined outside of tasks. */
  runningTask(): string | undefined {
    const name = this.exports.asyncio_host_running_task_name();
    return name === 0 ? undefined : readString(this.memory, name);
  }

  /** Lines of the coroutines of the task that runs, or that ran when the program crashed; empty outside of tasks. */
  runningCoroutines(): string {
    try {
      return readString(this.memory, this.exports.asyncio_program_running_coroutines());
    } catch (error) {
      // The crash may have corrupted the program's memory.
      if (error instanceof WebAssembly.RuntimeError) return '';
      throw error;
    }
  }

  /** The address of an exported thread-local variable in the calling thread. */
  threadLocalAddress(name: string): number | undefined {
    const { exports, threadLocals, threadBase } = this.#instance;
    return threadLocals.has(name) ? threadBase + Number((exports[name] as WebAssembly.Global).value) : undefined;
  }

  /**
   * The symbols that a side module can import: the main module's own definitions take precedence over Emscripten's
   * JavaScript ones, and are those that the main module itself sees (the linker's --wrap).
   */
  resolve(name: string): WebAssembly.ImportValue | undefined {
    const own = this.exports[`__wrap_${name}`] ?? this.exports[name];
    if (own !== undefined) return own;
    const { env, wasi_snapshot_preview1: wasi } = this.#instance.imports;
    for (const table of [env, wasi]) {
      const value = table?.[name];
      if (value !== undefined && (value as { stub?: boolean }).stub !== true) return value;
    }
    return undefined;
  }

  /** The stack is at the bottom of memory, so an overflow goes below 0. */
  get stackOverflowed(): boolean {
    return this.exports.__stack_pointer.value < 0 || this.exports.__stack_pointer.value > this.#stackTop;
  }

  /** The stack of any other thread is between other data. */
  get threadStackOverflowed(): boolean {
    return this.exports.__stack_pointer.value < this.exports.emscripten_stack_get_end();
  }

  /** Discards the frames that a trap left on the stack, so that functions can be called again. */
  resetStack(): void {
    this.exports.__stack_pointer.value = this.#stackTop;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer);
  }

  readString(pointer: number): string {
    return readString(this.memory, pointer);
  }

  /** In memory that is never freed. */
  newString(text: string): number {
    const encoded = new TextEncoder().encode(`${text}\0`);
    const pointer = this.exports.malloc(encoded.length);
    this.bytes().set(encoded, pointer);
    return pointer;
  }

  /** In memory that is never freed. */
  newPointers(values: number[]): number {
    const pointer = this.exports.malloc(values.length * 4);
    new Uint32Array(this.memory.buffer, pointer, values.length).set(values);
    return pointer;
  }

  /** A demangled C++ symbol. */
  demangle(symbol: string): string {
    const name = this.newString(symbol);
    const text = this.exports.__cxa_demangle(name, 0, 0, 0);
    return text === 0 ? symbol : this.readString(text).replaceAll('std::__2::', 'std::');
  }
}

async function makeInstance(
  module: WebAssembly.Module,
  emscriptenImports: WasmImports,
  host: HostImports,
): Promise<Instance> {
  const imports = host.replaceIn(emscriptenImports);
  const { exports } = (await WebAssembly.instantiate(module, imports)) as { exports: MainExports };
  // Shared memory is created before the module, which imports it.
  const memory = exports.memory ?? imports.env?.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the main module has no memory');
  host.connect(exports, memory);
  return { exports, imports, memory, threadLocals: readDylinkInfo(module).threadLocalExports, threadBase: 0 };
}

/**
 * The exports that Emscripten's JavaScript sees. It would put each of ten thousand C++ functions into its own tables,
 * which takes most of a worker's start-up time, and side-module.ts needs none.
 */
function toldExports(instance: Instance, onThread: () => void = () => undefined): WebAssembly.Exports {
  const { exports, threadLocals } = instance;
  const told: WebAssembly.Exports = {};
  for (const name of Object.keys(exports)) {
    const value = name.startsWith('_Z') && !threadLocals.has(name) ? undefined : exports[name];
    if (value !== undefined) told[name] = value;
  }
  // Only in the main module with threads: returns the address of the calling thread's variables.
  const { _emscripten_tls_init: beginThread } = exports;
  if (beginThread !== undefined) {
    told._emscripten_tls_init = () => {
      instance.threadBase = (beginThread as () => number)();
      onThread();
      return instance.threadBase;
    };
  }
  return told;
}
