const MOST_LINES = 200;

/** The lines that were typed, for the arrow keys to bring back. */
export class InputHistory {
  readonly #lines: string[] = [];
  /** The line that is shown; the number of lines when it is the one being typed. */
  #at = 0;
  /** What was being typed before the first arrow up. */
  #draft = '';

  /** After a line was sent. An empty one, or the same again, is not kept. */
  add(line: string): void {
    if (line !== '' && line !== this.#lines.at(-1)) this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    this.#at = this.#lines.length;
    this.#draft = '';
  }

  /** The line before; undefined at the first. */
  older(shown: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#lines.length) this.#draft = shown;
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** The line after, in the end what was being typed; undefined at that. */
  newer(): string | undefined {
    if (this.#at === this.#lines.length) return undefined;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }
}
