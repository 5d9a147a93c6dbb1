import type { FileTree, LlvmBundle, LlvmDirectory, LlvmEnvironment, LlvmFile, LlvmWriteStream } from './llvm-bundle.js';
import { Gate, promising, withReads } from './suspension.js';

export interface LlvmResult {
  exitCode: number;
  /** Standard output and error, interleaved as written. */
  output: string;
  /** A file of the root folder, if it exists. */
  file(name: string): Uint8Array | undefined;
}

/** A tool that waits for its last file. */
export interface HeldTool {
  /** Gives it the other files and the data of the last one. Resolves as Llvm.run() returns. */
  end(files: FileTree, data: Uint8Array): Promise<LlvmResult>;
}

interface Call {
  environment: LlvmEnvironment;
  output: Uint8Array[];
}

/** The function of LLVM's module that runs a tool. */
const RUN = 'wasi:cli/run@0.2.3#run';

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
    const call = this.#prepare(args, files);
    const instance = this.#instantiate(call, (imports) => imports);
    try {
      instance.run.run();
    } catch (error) {
      return this.#resultOf(call, error);
    }
    return this.#resultOf(call);
  }

  /**
   * Starts a tool and holds it where it reads the last of these files, which is not there yet. Only where a WebAssembly
   * program can be suspended.
   */
  hold(args: string[], files: FileTree, last: { name: string; size: number }): HeldTool {
    const call = this.#prepare(args, { ...files, [last.name]: new Uint8Array(last.size) });
    const gate = new Gate();
    let start: (() => unknown) | undefined;
    this.#instantiate(
      call,
      (imports) => withReads(imports, last.size, gate),
      (made) => {
        start ??= made.exports[RUN] as (() => unknown) | undefined;
      },
    );
    if (start === undefined) throw new Error(`the compiler does not export ${RUN}`);
    const ended = promising(start)().then(
      () => this.#resultOf(call),
      (error: unknown) => this.#resultOf(call, error),
    );
    // Whoever ends it hears of it.
    ended.catch(() => undefined);
    return {
      end: (rest, data) => {
        const { files: root } = call.environment.root;
        for (const [name, entry] of Object.entries(this.#bundle.directoryFromTree(rest).files)) {
          if (name !== last.name) root[name] = entry;
        }
        const file = root[last.name];
        if (file !== undefined && 'data' in file) file.data.set(data);
        gate.open();
        return ended;
      },
    };
  }

  #prepare(args: string[], files: FileTree): Call {
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
    return { environment, output };
  }

  #instantiate(
    { environment }: Call,
    change: (imports: WebAssembly.Imports | undefined) => WebAssembly.Imports | undefined,
    made: (instance: WebAssembly.Instance) => void = () => undefined,
  ): ReturnType<LlvmBundle['instantiate']> {
    return this.#bundle.instantiate(
      (name) => this.#module(name),
      { runtime: environment.exports },
      (module, imports) => {
        const instance = new WebAssembly.Instance(module, change(imports));
        this.#onInstance(instance);
        made(instance);
        return instance;
      },
    );
  }

  /** `error`: what the tool has thrown, if it has not returned. */
  #resultOf({ environment, output }: Call, error?: unknown): LlvmResult {
    if (error !== undefined && !(error instanceof this.#bundle.Exit)) throw new LlvmCrash(error, decode(output));
    return {
      exitCode: error instanceof this.#bundle.Exit ? error.code : 0,
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
