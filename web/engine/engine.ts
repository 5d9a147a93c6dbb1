/**
 * Compiles and runs C++ programs in a page. The playground, the element and the package each use one engine with their
 * own view; only the engine creates the compiler, the sandbox and the file storage.
 */
import { AnalysisClient } from '../compile/page/analysis-client.js';
import { CompileClient } from '../compile/page/compile-client.js';
import { startCompileWorker } from '../compile/page/start-compile-worker.js';
import type { Assets } from './assets.js';
import { CompileQueue } from './compile-queue.js';
import type { Analysis, Compiler, LoadProgress } from './compiler.js';
import { Leases } from './leases.js';
import { Prepared } from './prepared/prepared.js';
import { createHost } from './program-hosts.js';
import type { ProgramHost } from './programs.js';
import { type KeepsFiles, runFilesOf } from './run-files.js';
import { RunSlots } from './run-slots.js';

export interface EngineOptions {
  /** The locations of the parts that it loads. */
  assets: Assets;
  /** Stores the files that programs write. `forget`: they exist until the program ends. */
  files: KeepsFiles | 'forget';
  /** How long the workers stay after the last hold() has ended. Unset: until close(). */
  idleMs?: number;
}

export interface Engine {
  /** The runtime that compiled programs are built for. */
  readonly runtime: string;
  /** Answers the editor; has no answers until a compiler has loaded. */
  readonly analysis: Analysis;
  /** Finds programs that were compiled ahead of time. */
  readonly prepared: Prepared;
  /**
   * A compiler for one caller. All of them share one worker: a compile is queued, and replaces the caller's older one.
   * `onProgress` is called with what a compile loads.
   */
  openCompiler(onProgress?: (progress: LoadProgress) => void): Compiler;
  /** The host that runs programs, with or without real threads: each run in a new worker of a sandboxed frame. */
  programs(threads: boolean): ProgramHost;
  /**
   * Waits until fewer than two runs are active, and returns a function that ends this turn; undefined when `signal` was
   * aborted first. `onWait` is called when it has to wait.
   */
  takeTurn(signal: AbortSignal, onWait: () => void): Promise<(() => void) | undefined>;
  /** Keeps the workers until the returned function is called. */
  hold(): () => void;
  /** Terminates everything in progress. Later requests start afresh. */
  close(): void;
}

const RUNS_AT_ONCE = 2;

export function createEngine(options: EngineOptions): Engine {
  return new PageEngine(options);
}

class PageEngine implements Engine {
  readonly runtime: string;
  readonly analysis: Analysis;
  readonly prepared: Prepared;
  readonly #compilerFolder: string;
  readonly #compilers = new CompileQueue(() => this.#compiler());
  readonly #hosts: Record<'plain' | 'threaded', ReturnType<typeof createHost>>;
  readonly #slots = new RunSlots(RUNS_AT_ONCE);
  readonly #leases: Leases;
  #client: CompileClient | undefined;

  constructor({ assets, files, idleMs }: EngineOptions) {
    this.runtime = assets.runtime;
    this.#compilerFolder = assets.compiler;
    this.prepared = new Prepared({ runtime: assets.runtime, fetch: (url) => fetch(url) });
    this.analysis = new AnalysisClient({ base: assets.compiler, kit: () => this.#client?.kit, createWorker: startCompileWorker });
    const parts = { frame: assets.frame, openFiles: runFilesOf(files) };
    this.#hosts = { plain: createHost({ ...parts, threads: false }), threaded: createHost({ ...parts, threads: true }) };
    this.#leases = new Leases(idleMs, () => this.close());
  }

  openCompiler(onProgress: (progress: LoadProgress) => void = () => undefined): Compiler {
    return this.#compilers.open(onProgress);
  }

  programs(threads: boolean): ProgramHost {
    return threads ? this.#hosts.threaded() : this.#hosts.plain();
  }

  takeTurn(signal: AbortSignal, onWait: () => void): Promise<(() => void) | undefined> {
    return this.#slots.take(signal, onWait);
  }

  hold(): () => void {
    return this.#leases.hold();
  }

  close(): void {
    for (const host of Object.values(this.#hosts)) host().close();
    this.#client?.close();
    this.#client = undefined;
  }

  #compiler(): CompileClient {
    return (this.#client ??= new CompileClient({ base: this.#compilerFolder, createWorker: startCompileWorker }));
  }
}
