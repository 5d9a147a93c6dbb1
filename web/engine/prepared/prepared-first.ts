import type { Found } from './prepared.js';
import type { CompileOptions } from '../../protocol/compile.js';
import type { CompileResult, Compiler, LoadProgress } from '../compiler.js';

/** What was compiled ahead of time of just this program; undefined where nothing is to be expected. Never rejects. */
export type FindPrepared = (files: Record<string, string>, options: CompileOptions) => Promise<Found | undefined>;

const noTime = { compileMs: 0, linkMs: 0 };

/** Takes what was compiled ahead of time, and asks the compiler for everything else. */
export class PreparedFirst implements Compiler {
  readonly #compiler: Compiler;
  readonly #find: FindPrepared;
  readonly #onMissing: (why: string) => void;
  #newest = 0;

  constructor(compiler: Compiler, find: FindPrepared, onMissing: (why: string) => void = () => undefined) {
    this.#compiler = compiler;
    this.#find = find;
    this.#onMissing = onMissing;
  }

  load(onProgress?: (progress: LoadProgress) => void): Promise<void> {
    return this.#compiler.load(onProgress);
  }

  async compile(files: Record<string, string>, options: CompileOptions): Promise<CompileResult> {
    const mine = (this.#newest += 1);
    const found = await this.#find(files, options);
    if (mine !== this.#newest) return { type: 'cancelled' };
    if (found?.type === 'module') return { type: 'compiled', module: found.module, diagnostics: [], timings: noTime };
    if (found !== undefined) this.#onMissing(found.why);
    return this.#compiler.compile(files, options);
  }

  cancel(): void {
    this.#newest += 1;
    this.#compiler.cancel();
  }
}
