import { make, makeButton } from '../keep/dom.js';
import type { Chapter, Entry } from './catalogue.js';

/** A piece of a text; `kind` is undefined where it has no highlighting. */
export interface Token {
  text: string;
  kind: string | undefined;
}

/** The Python program corresponding to the open example, shown next to it. */
export class PythonPane {
  readonly #pane: HTMLElement;
  readonly #entries: Map<string, Entry>;
  readonly #tokensOf: (text: string) => Promise<Token[]>;
  readonly #remarks = make('div', 'python-remarks');
  readonly #code = make('pre', 'python-code');
  #shown: string | undefined;

  /** `tokensOf` rejects if the text cannot be highlighted; it then stays plain. */
  constructor(
    pane: HTMLElement,
    chapters: readonly Chapter[],
    { close, tokensOf }: { close: () => void; tokensOf: (text: string) => Promise<Token[]> },
  ) {
    this.#pane = pane;
    this.#entries = new Map(chapters.flatMap(({ entries }) => entries.map((entry) => [entry.name, entry])));
    this.#tokensOf = tokensOf;
    this.#code.tabIndex = 0;
    this.#code.setAttribute('role', 'region');
    this.#code.setAttribute('aria-label', 'Python source');
    pane.replaceChildren(
      make('div', 'python-head', make('h2', '', 'Python'), makeButton('Close', close, { label: 'Close the Python source' })),
      this.#remarks,
      this.#code,
    );
  }

  show(name: string): void {
    const entry = this.#entries.get(name);
    this.#pane.hidden = entry === undefined;
    if (entry === undefined || this.#shown === name) return;
    this.#shown = name;
    this.#remarks.replaceChildren(...entry.remarks.map((remark) => make('p', '', remark)));
    this.#code.hidden = entry.python === undefined;
    this.#code.textContent = entry.python ?? '';
    this.#code.scrollTop = 0;
    if (entry.python !== undefined) void this.#colour(name, entry.python);
  }

  async #colour(name: string, text: string): Promise<void> {
    const tokens = await this.#tokensOf(text).catch(() => undefined);
    if (tokens === undefined || this.#shown !== name) return;
    this.#code.replaceChildren(
      ...tokens.map(({ text: piece, kind }) => (kind === undefined ? piece : make('span', `token-${kind}`, piece))),
    );
  }
}
