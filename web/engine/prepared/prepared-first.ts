import type { Found } from './prepared.js';
import type { CompileOptions } from '../../protocol/compile.js';
import type { CompileResult, Compiler, LoadProgress } from '../compiler.js';

/** The precompiled module of exactly this program; undefined where none is expected. Never rejects. */
export type FindPrepared = (files: Record<string, string>, options: CompileOptions) => Promise<Found | undefined>;

const noTime = { compileMs: 0, linkMs: 0 };

/** Uses a precompiled module if there is one, and the compiler otherwise. */
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
