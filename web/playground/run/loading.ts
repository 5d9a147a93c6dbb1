import type { LoadState } from '../../panels/load-status.js';
import type { CompileOptions } from '../../protocol/compile.js';
import type { CompileResult, Compiler, LoadProgress } from '../../engine/compiler.js';
import type { ProgramHost } from '../../engine/programs.js';

/** Loads the compiler once, shows how far it is, and lets a Run wait for it. */
export class Loading implements Compiler {
  readonly #compiler: Compiler;
  readonly #host: ProgramHost;
  readonly #show: (state: LoadState) => void;
  #loaded: Promise<void> | undefined;
  /** Ends the wait of a compile that stands before the load; undefined when none does. */
  #giveUp: (() => void) | undefined;

  constructor(compiler: Compiler, host: ProgramHost, show: (state: LoadState) => void) {
    this.#compiler = compiler;
    this.#host = host;
    this.#show = show;
  }

  /** Never rejects: a failure is shown, with a way to try again. */
  async start(): Promise<void> {
    try {
      await this.load();
    } catch {
      // Shown by load().
    }
  }

  /** Resolves when the next Run starts at once. */
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
      // What still comes of an attempt that failed elsewhere says nothing any more.
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
