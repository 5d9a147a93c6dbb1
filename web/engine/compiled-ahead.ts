import type { CompileResult, Compiler, LoadProgress } from './compiler.js';
import type { CompileOptions, SourceFiles } from '../protocol/compile.js';

/** Compiles a program before its Run, which then only starts it. */
export class CompiledAhead implements Compiler {
  readonly #compiler: Compiler;
  readonly #now: () => number;
  #ahead: { key: string; result: Promise<CompileResult> } | undefined;
  #asked = 0;

  constructor(compiler: Compiler, now = () => performance.now()) {
    this.#compiler = compiler;
    this.#now = now;
  }

  load(onProgress?: (progress: LoadProgress) => void): Promise<void> {
    return this.#compiler.load(onProgress);
  }

  /** Compiles it now, unless the compiler is at work for a Run. */
  prepare(files: SourceFiles, options: CompileOptions): void {
    const key = keyOf(files, options);
    if (this.#asked > 0 || this.#ahead?.key === key) return;
    this.#ahead = { key, result: this.#compiler.compile(files, options) };
  }

  async compile(files: SourceFiles, options: CompileOptions): Promise<CompileResult> {
    const start = this.#now();
    const ahead = this.#ahead;
    this.#asked += 1;
    try {
      if (ahead?.key === keyOf(files, options)) {
        const result = await ahead.result;
        // A Run that is stopped meanwhile has cancelled it. The module goes to the program's worker: this one is kept.
        if (result.type === 'cancelled') return result;
        if (result.type === 'compiled') return { ...result, module: result.module.slice(), timings: { compileMs: this.#now() - start, linkMs: 0 } };
      }
      this.#ahead = undefined;
      return await this.#compiler.compile(files, options);
    } finally {
      this.#asked -= 1;
    }
  }

  cancel(): void {
    this.#ahead = undefined;
    this.#compiler.cancel();
  }
}

function keyOf(files: SourceFiles, options: CompileOptions): string {
  return JSON.stringify([Object.entries(files).sort(), Object.entries(options).sort()]);
}
