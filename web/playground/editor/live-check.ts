import type { SourceFiles, SourceOptions } from '../../protocol/compile.js';
import type { Diagnostic } from '../../protocol/diagnostic.js';
import type { Analysis } from '../../engine/compiler.js';

export interface LiveCheckView {
  files(): SourceFiles;
  options(): SourceOptions;
  show(diagnostics: Diagnostic[]): void;
}

/** Delay after the last keystroke before the compiler is asked. */
const PAUSE_MS = 200;

/**
 * Shows the compiler's diagnostics while the text is edited, only for its newest state. Does nothing while a Run
 * compiles: the Run reports them too, and sooner when it does not share the processor.
 */
export class LiveCheck {
  readonly #analysis: Analysis;
  readonly #view: LiveCheckView;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #change = 0;
  #due = false;
  /** The change that a Run is compiling. */
  #beingCompiled: number | undefined;

  constructor(analysis: Analysis, view: LiveCheckView) {
    this.#analysis = analysis;
    this.#view = view;
  }

  changed(): void {
    this.#change += 1;
    this.#due = true;
    this.#schedule();
  }

  compiling(): void {
    this.#beingCompiled = this.#change;
    clearTimeout(this.#timer);
  }

  /** The Run has reported the diagnostics of its text. */
  told(): void {
    if (this.#beingCompiled === this.#change) this.#due = false;
  }

  compiled(): void {
    this.#beingCompiled = undefined;
    if (this.#due) this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#beingCompiled === undefined) this.#timer = setTimeout(() => void this.#check(), PAUSE_MS);
  }

  async #check(): Promise<void> {
    const change = this.#change;
    this.#due = false;
    const diagnostics = await this.#analysis.check(this.#view.files(), this.#view.options());
    if (diagnostics !== undefined && change === this.#change) this.#view.show(diagnostics);
  }
}
