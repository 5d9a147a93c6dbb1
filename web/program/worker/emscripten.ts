import type { Io } from './io/io.js';

/** What the program worker uses of the main module's Emscripten factory. */

export type WasmImports = Record<string, Record<string, WebAssembly.ImportValue>>;

export interface FileNode {
  name: string;
  mode: number;
  parent: FileNode;
  /** Of a directory its nodes by name; of a file bytes, of which usedBytes count. */
  contents: Record<string, FileNode> | Uint8Array;
  usedBytes: number;
  atime: number;
  mtime: number;
  ctime: number;
  node_ops: NodeOperations;
  stream_ops: StreamOperations;
  /** Of those that wait for the file to become ready. */
  addListener(callback: () => void): { listeners: Set<object>; entry: object };
  notifyListeners(flags: number): void;
}

export interface NodeOperations {
  lookup(parent: FileNode, name: string): FileNode;
  mknod(parent: FileNode, name: string, mode: number, device: number): FileNode;
  setattr(node: FileNode, attributes: { size?: number; mtime?: number }): void;
  rename(node: FileNode, directory: FileNode, name: string): void;
  unlink(parent: FileNode, name: string): void;
  rmdir(parent: FileNode, name: string): void;
  symlink(parent: FileNode, name: string, target: string): FileNode;
}

export interface StreamOperations {
  write(
    stream: FileStream,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    canOwn?: boolean,
  ): number;
  msync(stream: FileStream, buffer: Uint8Array, offset: number, length: number): number;
  open?(stream: FileStream): void;
  fsync?(stream: FileStream): number;
  close?(stream: FileStream): void;
}

export interface FileStream {
  node: FileNode;
  flags: number;
  stream_ops: object;
  /** Of terminals only. */
  tty?: { ops: Record<string, unknown> };
}

export interface EmscriptenFileSystem {
  getStream(fd: number): FileStream | undefined;
  streams: (FileStream | null | undefined)[];
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  mount(type: { mount(mount: unknown): FileNode }, options: object, path: string): FileNode;
  chdir(path: string): void;
  ErrnoError: new (number: number) => Error;
  filesystems: {
    MEMFS: { mount(mount: unknown): FileNode; node_ops: NodeOperations; stream_ops: StreamOperations };
  };
}

export interface EmscriptenModule {
  FS: EmscriptenFileSystem;
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
