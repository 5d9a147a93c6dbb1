import type { LoadState } from '../../panels/load-status.js';
import type { CompileOptions } from '../../protocol/compile.js';
import type { CompileResult, Compiler, LoadProgress } from '../../engine/compiler.js';
import type { ProgramHost } from '../../engine/programs.js';

/** Loads the compiler once, shows the progress, and lets a Run wait for it. */
export class Loading implements Compiler {
  readonly #compiler: Compiler;
  readonly #host: ProgramHost;
  readonly #show: (state: LoadState) => void;
  #loaded: Promise<void> | undefined;
  /** Cancels the wait of a compile queued before the load; undefined when there is none. */
  #giveUp: (() => void) | undefined;

  constructor(compiler: Compiler, host: ProgramHost, show: (state: LoadState) => void) {
    this.#compiler = compiler;
    this.#host = host;
    this.#show = show;
  }

  /** Never rejects: a failure is shown, with a retry button. */
  async start(): Promise<void> {
    try {
      await this.load();
    } catch {
      // Shown by load().
    }
  }

  /** Resolves when the next Run can start immediately. */
  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult> {
    const given = new Promise<'given up'>((resolve) => {
      this.#giveUp = () => resolve('given up');
    });
    try {
      if ((await Promise.race([this.load(), given])) === 'given up') return { type: 'cancelled' };
    } catch (error) {
      return { type: 'failed', message: `the compiler could not be loaded: ${messageOf(error)}` };
    }
    this.#giveUp = undefined;
    return this.#compiler.compile(files, options);
  }

  cancel(): void {
    if (this.#giveUp === undefined) this.#compiler.cancel();
    else this.#giveUp();
    this.#giveUp = undefined;
  }

  async #load(): Promise<void> {
    let over = false;
    const progress = (state: LoadProgress): void => {
      // Late progress of a failed attempt is ignored.
      if (!over) this.#show({ type: 'loading', ...state });
    };
    progress({ phase: 'download', loadedBytes: 0, totalBytes: 0 });
    try {
      await Promise.all([this.#compiler.load(progress), this.#host.warm()]);
      this.#show({ type: 'ready' });
    } catch (error) {
      this.#loaded = undefined;
      this.#show({ type: 'failed', message: messageOf(error) });
      throw error;
    } finally {
      over = true;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
