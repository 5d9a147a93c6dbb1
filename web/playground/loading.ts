import type { LoadState } from '../panels/load-status.js';
import type { CompileOptions } from '../protocol/compile.js';
import type { CompileResult, Compiler, LoadProgress, ProgramHost } from './clients.js';

/** Loads the compiler once, shows how far it is, and lets a Run wait for it. */
export class Loading implements Compiler {
  readonly #compiler: Compiler;
  readonly #host: ProgramHost;
  readonly #show: (state: LoadState) => void;
  #loaded: Promise<void> | undefined;
  #cancelWaiting: (() => void)[] = [];

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

  async ready(): Promise<void> {
    await this.load();
    await this.#host.warm();
  }

  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult> {
    const cancelled = new Promise<'cancelled'>((resolve) => {
      this.#cancelWaiting.push(() => resolve('cancelled'));
    });
    try {
      const first = await Promise.race([this.load(), cancelled]);
      if (first === 'cancelled') return { type: 'cancelled' };
    } catch (error) {
      return { type: 'failed', message: `the compiler could not be loaded: ${messageOf(error)}` };
    }
    return this.#compiler.compile(files, options);
  }

  cancel(): void {
    for (const cancel of this.#cancelWaiting.splice(0)) cancel();
    this.#compiler.cancel();
  }

  async #load(): Promise<void> {
    const progress = (state: LoadProgress): void => this.#show({ type: 'loading', ...state });
    progress({ phase: 'download', loadedBytes: 0, totalBytes: 0 });
    try {
      await Promise.all([this.#compiler.load(progress), this.#host.warm()]);
      this.#show({ type: 'ready' });
    } catch (error) {
      this.#loaded = undefined;
      this.#show({ type: 'failed', message: messageOf(error) });
      throw error;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
