/** The exports of `llvm.mjs`: the bundle of @yowasp/clang, whose internals build/llvm-bundle.mjs exposes. */

export type FileTree = { [name: string]: FileTree | Uint8Array | string };

/** Has no inherited names, such as `constructor`. */
export function emptyTree(): FileTree {
  return Object.create(null) as FileTree;
}

export interface LlvmFile {
  data: Uint8Array;
}

export interface LlvmDirectory {
  files: Record<string, LlvmDirectory | LlvmFile>;
}

export interface LlvmEnvironment {
  args: string[];
  root: LlvmDirectory;
  stdout: ((bytes: Uint8Array | null) => void) | null;
  stderr: ((bytes: Uint8Array | null) => void) | null;
  readonly exports: unknown;
}

export interface LlvmWriteStream {
  file: LlvmFile;
  offset: bigint;
  write(contents: Uint8Array): void;
}

export interface LlvmBundle {
  Environment: new () => LlvmEnvironment;
  /** Thrown when the program exits other than by returning. */
  Exit: new (code: number) => Error & { code: number };
  WriteStream: { prototype: LlvmWriteStream };
  directoryFromTree(tree: FileTree): LlvmDirectory;
  instantiate(
    getCoreModule: (name: string) => WebAssembly.Module,
    imports: { runtime: unknown },
    instantiateCore: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
  ): { run: { run(): void } };
}
