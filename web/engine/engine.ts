/**
 * Compiles and runs C++ programs in a page. The playground, the element and the package are each one engine with a view
 * of their own; what they need of the compiler, of the sandbox and of the files is made here and nowhere else.
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
  /** Where the parts are that it loads. */
  assets: Assets;
  /** What keeps the files that programs write. `forget`: they are there until the program ends. */
  files: KeepsFiles | 'forget';
  /** How long the workers stay after the last hold() has ended. Unset: until close(). */
  idleMs?: number;
}

export interface Engine {
  /** What compiled programs are made for. */
  readonly runtime: string;
  /** Answers the editor; it has nothing to say until a compiler was loaded. */
  readonly analysis: Analysis;
  /** Finds programs that were compiled ahead of time. */
  readonly prepared: Prepared;
  /**
   * A compiler of the caller's own. There is one worker behind all of them: a compile waits for its turn, and takes the
   * place of the caller's older one. `onProgress` hears of what a compile loads.
   */
  openCompiler(onProgress?: (progress: LoadProgress) => void): Compiler;
  /** What runs programs, with real threads or without: each run in a fresh worker of a sandboxed frame. */
  programs(threads: boolean): ProgramHost;
  /**
   * Waits until fewer than two runs hold a turn, and gives what ends this one; undefined when `signal` was aborted
   * before. `onWait` is called when it is not at once.
   */
  takeTurn(signal: AbortSignal, onWait: () => void): Promise<(() => void) | undefined>;
  /** Keeps the workers until what it gives is called. */
  hold(): () => void;
  /** Ends all that is under way by force. What is asked for next begins anew. */
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
