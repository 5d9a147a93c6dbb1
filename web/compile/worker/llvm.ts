import type { FileTree, LlvmBundle, LlvmDirectory, LlvmFile, LlvmWriteStream } from './llvm-bundle.js';

export interface LlvmResult {
  exitCode: number;
  /** Standard output and error, interleaved as written. */
  output: string;
  /** A file of the root folder, if it exists. */
  file(name: string): Uint8Array | undefined;
}

/** The folder of the compiler's own files; a snippet cannot have one of this name. */
export const RESOURCES_FOLDER = 'usr';

/** LLVM's tools as WebAssembly. Every run uses a new instance, so no state survives a crash. */
export class Llvm {
  readonly #bundle: LlvmBundle;
  readonly #modules: ReadonlyMap<string, WebAssembly.Module>;
  readonly #resources: LlvmDirectory;
  readonly #onInstance: (instance: WebAssembly.Instance) => void;

  /**
   * `modules` by file name; `resources` is what the tools see in their folder /usr. `onInstance` is called with each
   * instance before it runs.
   */
  constructor(
    bundle: LlvmBundle,
    modules: ReadonlyMap<string, WebAssembly.Module>,
    resources: FileTree,
    onInstance: (instance: WebAssembly.Instance) => void = () => undefined,
  ) {
    this.#bundle = bundle;
    this.#modules = modules;
    this.#resources = bundle.directoryFromTree(resources);
    this.#onInstance = onInstance;
    bundle.WriteStream.prototype.write = appendGrowing;
  }

  /** The text of one of the tools' own files, by its path below /usr. */
  resource(path: string): string | undefined {
    let entry: LlvmDirectory | LlvmFile | undefined = this.#resources;
    for (const part of path.split('/')) {
      entry = entry !== undefined && 'files' in entry && Object.hasOwn(entry.files, part) ? entry.files[part] : undefined;
    }
    return entry !== undefined && 'data' in entry ? new TextDecoder().decode(entry.data) : undefined;
  }

  /** Rethrows what the instance throws when it traps or runs out of stack or memory. */
  run(args: string[], files: FileTree): LlvmResult {
    const environment = new this.#bundle.Environment();
    const output: Uint8Array[] = [];
    const collect = (bytes: Uint8Array | null): void => {
      // A copy: the bytes are in the instance's memory, which it keeps using.
      if (bytes !== null) output.push(bytes.slice());
    };
    environment.args = ['llvm', ...args];
    environment.root = this.#bundle.directoryFromTree(files);
    environment.root.files[RESOURCES_FOLDER] = this.#resources;
    environment.stdout = collect;
    environment.stderr = collect;

    const instance = this.#bundle.instantiate(
      (name) => this.#module(name),
      { runtime: environment.exports },
      (module, imports) => {
        const made = new WebAssembly.Instance(module, imports);
        this.#onInstance(made);
        return made;
      },
    );
    let exitCode = 0;
    try {
      instance.run.run();
    } catch (error) {
      if (!(error instanceof this.#bundle.Exit)) throw new LlvmCrash(error, decode(output));
      exitCode = error.code;
    }
    return {
      exitCode,
      output: decode(output),
      file(name) {
        const entry = environment.root.files[name];
        return entry !== undefined && 'data' in entry ? entry.data.slice() : undefined;
      },
    };
  }

  #module(name: string): WebAssembly.Module {
    const module = this.#modules.get(name);
    if (module === undefined) throw new Error(`the compiler has no module ${name}`);
    return module;
  }
}

/** The tool trapped: this is not a compile error, or it is one that crashed the tool. */
export class LlvmCrash extends Error {
  override name = 'LlvmCrash';
  readonly output: string;

  constructor(cause: unknown, output: string) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.output = output;
  }

  /** Whether it reached an `unreachable` instruction. */
  get unreachable(): boolean {
    return this.cause instanceof WebAssembly.RuntimeError && /unreachable/i.test(this.cause.message);
  }
}

function decode(parts: Uint8Array[]): string {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return new TextDecoder().decode(all);
}

const buffers = new WeakMap<LlvmFile, Uint8Array>();

/** The bundle's own write copies the whole file each time: slow for a precompiled header of megabytes. */
function appendGrowing(this: LlvmWriteStream, contents: Uint8Array): void {
  const { file } = this;
  const offset = Number(this.offset);
  const length = Math.max(file.data.length, offset + contents.length);
  let buffer = buffers.get(file);
  if (buffer === undefined || buffer.length < length || buffer.buffer !== file.data.buffer) {
    buffer = new Uint8Array(Math.max(length, 2 * file.data.length));
    buffer.set(file.data);
    buffers.set(file, buffer);
  }
  buffer.set(contents, offset);
  file.data = buffer.subarray(0, length);
  this.offset += BigInt(contents.length);
}
