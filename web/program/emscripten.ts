import type { Io } from './io/io.js';

/** What the program worker uses of the main module's Emscripten factory. */

export type WasmImports = Record<string, Record<string, WebAssembly.ImportValue>>;

export interface FileStream {
  stream_ops: Record<string, unknown>;
  /** Of terminals only. */
  tty?: { ops: Record<string, unknown> };
}

export interface EmscriptenModule {
  FS: { getStream(fd: number): FileStream | undefined };
  /** The index in the table of functions, where the function is put unless it is there already. */
  addFunction(func: WebAssembly.ExportValue, signature?: string): number;
  /** Tells the program that a promise it watches has settled (runtime/src/browser/promise.cpp). */
  asyncioSettle(number: number, fulfilled: boolean, value: unknown): void;
  /** Runs JavaScript in the scope of Emscripten's own. */
  evaluate(code: string): unknown;
}

export interface EmscriptenOptions {
  /** The C++ side finds it there (runtime/src/browser/promise.cpp). Threads have none. */
  asyncioIo?: Io;
  noInitialRun: boolean;
  /** The program ends by itself (main-module/exit.cpp), not when Emscripten's JavaScript has nothing left to do. */
  noExitRuntime: boolean;
  instantiateWasm(
    imports: WasmImports,
    onInstance: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): void;
  print?(text: string): void;
  printErr?(text: string): void;
}

export type EmscriptenFactory = (options: EmscriptenOptions) => Promise<EmscriptenModule>;
