const MOST_LINES = 200;

/** The typed lines, for recall with the arrow keys. */
export class InputHistory {
  readonly #lines: string[] = [];
  /** The index of the shown line; the number of lines while a new one is being typed. */
  #at = 0;
  /** The unfinished line from before the first arrow up. */
  #draft = '';

  /** Adds a sent line. An empty or repeated one is not kept. */
  add(line: string): void {
    if (line !== '' && line !== this.#lines.at(-1)) this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    this.#at = this.#lines.length;
    this.#draft = '';
  }

  /** The previous line; undefined at the first. */
  older(shown: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#lines.length) this.#draft = shown;
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** The next line, finally the unfinished one; undefined after that. */
  newer(): string | undefined {
    if (this.#at === this.#lines.length) return undefined;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }
}
