import type { EmscriptenFactory, EmscriptenModule, WasmImports } from './emscripten.js';
import type { HostImports } from './host-imports.js';
import type { Io } from './io/io.js';

/** The exports of the main module that the worker itself calls. */
export interface MainExports extends Record<string, WebAssembly.ExportValue> {
  memory: WebAssembly.Memory;
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
  asyncio_host_interrupt: () => number;
  asyncio_host_pump: () => number;
  asyncio_host_finish: () => number;
  exit: (code: number) => void;
}

/** The main module in a worker, before and while it runs a program. */
export class MainModule {
  readonly exports: MainExports;
  readonly emscripten: EmscriptenModule;
  readonly #imports: WasmImports;
  readonly #stackTop: number;

  private constructor(exports: MainExports, emscripten: EmscriptenModule, imports: WasmImports) {
    this.exports = exports;
    this.emscripten = emscripten;
    this.#imports = imports;
    this.#stackTop = exports.__stack_pointer.value;
  }

  static async instantiate(
    factory: EmscriptenFactory,
    module: WebAssembly.Module,
    host: HostImports,
    io: Io,
    onMessage: (text: string) => void,
  ): Promise<MainModule> {
    let exports: MainExports | undefined;
    let imports: WasmImports = {};
    let fail: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const emscripten = factory({
      noInitialRun: true,
      asyncioIo: io,
      instantiateWasm(emscriptenImports, onInstance) {
        imports = host.replaceIn(emscriptenImports);
        WebAssembly.instantiate(module, imports).then((instance) => {
          exports = instance.exports as MainExports;
          host.connect(exports);
          onInstance({ exports: withoutCxx(exports) }, module);
        }, fail);
      },
      print: onMessage,
      printErr: onMessage,
    });
    const made = await Promise.race([emscripten, failed]);
    if (exports === undefined) throw new Error('the main module was not instantiated');
    io.promises.connect((number, fulfilled, value) => {
      made.asyncioSettle(number, fulfilled, value);
    });
    return new MainModule(exports, made, imports);
  }

  /**
   * What a side module can import: the main module's own definition before Emscripten's JavaScript
   * one, and as the main module's own parts see it (the linker's --wrap).
   */
  resolve(name: string): WebAssembly.ImportValue | undefined {
    const own = this.exports[`__wrap_${name}`] ?? this.exports[name];
    if (own !== undefined) return own;
    for (const table of [this.#imports.env, this.#imports.wasi_snapshot_preview1]) {
      const value = table?.[name];
      if (value !== undefined && (value as { stub?: boolean }).stub !== true) return value;
    }
    return undefined;
  }

  /** The stack lies below all else, so what overflowed it is below 0. */
  get stackOverflowed(): boolean {
    return this.exports.__stack_pointer.value < 0 || this.exports.__stack_pointer.value > this.#stackTop;
  }

  /** Gives up the frames that a trap left on the stack, so that functions can be called again. */
  resetStack(): void {
    this.exports.__stack_pointer.value = this.#stackTop;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer);
  }

  readString(pointer: number): string {
    const bytes = this.bytes();
    return new TextDecoder().decode(bytes.subarray(pointer, bytes.indexOf(0, pointer)));
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
    new Uint32Array(this.exports.memory.buffer, pointer, values.length).set(values);
    return pointer;
  }

  /** A C++ symbol as the programmer wrote it. */
  demangle(symbol: string): string {
    const name = this.newString(symbol);
    const text = this.exports.__cxa_demangle(name, 0, 0, 0);
    return text === 0 ? symbol : this.readString(text).replaceAll('std::__2::', 'std::');
  }
}

/**
 * What Emscripten's JavaScript is told of. It would put each of ten thousand C++ functions into its
 * own tables, which takes most of the time until a worker is ready, and side-module.ts needs none.
 */
function withoutCxx(exports: MainExports): WebAssembly.Exports {
  const told: WebAssembly.Exports = {};
  for (const name of Object.keys(exports)) {
    const value = name.startsWith('_Z') ? undefined : exports[name];
    if (value !== undefined) told[name] = value;
  }
  return told;
}
