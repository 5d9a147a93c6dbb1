import type { CompileResult, Compiler, LoadProgress } from './compiler.js';
import type { CompileOptions, SourceFiles } from '../protocol/compile.js';

/** Shares one compiler: each client is queued, since the compiler itself cancels a compile for a newer one. */
export class CompileQueue {
  readonly #compiler: () => Compiler;
  #last: Promise<unknown> = Promise.resolve();

  /** `compiler` is called at each turn: the compiler may have been released between two of them. */
  constructor(compiler: () => Compiler) {
    this.#compiler = compiler;
  }

  /** The compiler as one client sees it. */
  open(onProgress: (progress: LoadProgress) => void): Compiler {
    return new QueuedCompiler(this.#compiler, onProgress, (turn) => {
      const next = this.#last.then(turn);
      this.#last = next.catch(() => undefined);
      return next;
    });
  }
}

type TakeTurn = (turn: () => Promise<CompileResult>) => Promise<CompileResult>;

class QueuedCompiler implements Compiler {
  readonly #compiler: () => Compiler;
  readonly #onProgress: (progress: LoadProgress) => void;
  readonly #takeTurn: TakeTurn;
  #giveUp: (() => void) | undefined;

  constructor(compiler: () => Compiler, onProgress: (progress: LoadProgress) => void, takeTurn: TakeTurn) {
    this.#compiler = compiler;
    this.#onProgress = onProgress;
    this.#takeTurn = takeTurn;
  }

  load(onProgress = this.#onProgress): Promise<void> {
    return this.#compiler().load(onProgress);
  }

  compile(files: SourceFiles, options: CompileOptions): Promise<CompileResult> {
    this.cancel();
    let given = false;
    let compiling: Compiler | undefined;
    const cancelled = new Promise<CompileResult>((resolve) => {
      this.#giveUp = () => {
        given = true;
        compiling?.cancel();
        resolve({ type: 'cancelled' });
      };
    });
    const compiled = this.#takeTurn(async () => {
      if (given) return { type: 'cancelled' };
      compiling = this.#compiler();
      try {
        await Promise.race([compiling.load(this.#onProgress), cancelled]);
      } catch (error) {
        return { type: 'failed', message: `the compiler could not be loaded: ${error instanceof Error ? error.message : String(error)}` };
      }
      return given ? { type: 'cancelled' } : compiling.compile(files, options);
    });
    return Promise.race([compiled, cancelled]);
  }

  cancel(): void {
    this.#giveUp?.();
    this.#giveUp = undefined;
  }
}
