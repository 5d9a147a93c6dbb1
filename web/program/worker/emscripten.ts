import type { Io } from './io/io.js';

/** The part of the main module's Emscripten factory that the program worker uses. */

export type WasmImports = Record<string, Record<string, WebAssembly.ImportValue>>;

export interface FileNode {
  name: string;
  mode: number;
  parent: FileNode;
  /** For a directory, its nodes by name; for a file, bytes, of which usedBytes are valid. */
  contents: Record<string, FileNode> | Uint8Array;
  usedBytes: number;
  atime: number;
  mtime: number;
  ctime: number;
  node_ops: NodeOperations;
  stream_ops: StreamOperations;
  /** Registers a callback for when the file becomes ready. */
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
  /** Only for terminals. */
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
  /** The function's index in the function table, to which it is added unless it is already there. */
  addFunction(func: WebAssembly.ExportValue, signature?: string): number;
  /** Notifies the program that a promise it watches has settled (runtime/src/browser/promise.cpp). */
  asyncioSettle(number: number, fulfilled: boolean, value: unknown): void;
  /** Runs JavaScript in Emscripten's scope. */
  evaluate(code: string): unknown;
}

export interface EmscriptenOptions {
  /** Used by the C++ side (runtime/src/browser/promise.cpp). Threads have none. */
  asyncioIo?: Io;
  noInitialRun: boolean;
  /** The program ends itself (main-module/exit.cpp), not when Emscripten's JavaScript has nothing left to do. */
  noExitRuntime: boolean;
  instantiateWasm(
    imports: WasmImports,
    onInstance: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): void;
  print?(text: string): void;
  printErr?(text: string): void;
}

export type EmscriptenFactory = (options: EmscriptenOptions) => Promise<EmscriptenModule>;
