import type { SourceFiles, SourceOptions } from '../protocol/compile.js';
import type { Diagnostic } from '../protocol/diagnostic.js';
import type { Analysis } from './clients.js';

export interface LiveCheckView {
  files(): SourceFiles;
  options(): SourceOptions;
  show(diagnostics: Diagnostic[]): void;
}

/** How long nothing is typed before the compiler is asked. */
const PAUSE_MS = 200;

/** Says what the compiler thinks of the text while it is written: of its newest state only. */
export class LiveCheck {
  readonly #analysis: Analysis;
  readonly #view: LiveCheckView;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #change = 0;

  constructor(analysis: Analysis, view: LiveCheckView) {
    this.#analysis = analysis;
    this.#view = view;
  }

  changed(): void {
    this.#change += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), PAUSE_MS);
  }

  async #check(): Promise<void> {
    const change = this.#change;
    const diagnostics = await this.#analysis.check(this.#view.files(), this.#view.options());
    if (diagnostics !== undefined && change === this.#change) this.#view.show(diagnostics);
  }
}
