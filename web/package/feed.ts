/** What of a running program takes input. */
export interface TakesInput {
  input(text: string): void;
  endInput(): void;
  terminate(): void;
}

/** Gives a program input that is asked for piece by piece. */
export class Feed {
  readonly #pieces: AsyncIterator<string>;
  #giving = false;
  #over = false;
  #failed: { error: unknown } | undefined;

  constructor(source: AsyncIterable<string>) {
    this.#pieces = source[Symbol.asyncIterator]();
  }

  /** Gives the next pieces, until a line is whole. When they end, so does the input; when they fail, so does the program. */
  async giveLine(program: TakesInput): Promise<void> {
    if (this.#giving) return;
    this.#giving = true;
    try {
      let text = '';
      while (!this.#over && !text.endsWith('\n')) {
        const next = await this.#pieces.next();
        if (this.#over) return;
        if (next.done === true) {
          this.#over = true;
          program.endInput();
          return;
        }
        // What is written in JavaScript may give other things.
        text = String(next.value);
        program.input(text);
      }
    } catch (error) {
      if (this.#over) return;
      this.#over = true;
      this.#failed = { error };
      program.terminate();
    } finally {
      this.#giving = false;
    }
  }

  /** The program has ended. Throws what the pieces threw. */
  end(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
    if (this.#over) return;
    this.#over = true;
    // A piece that is being waited for may never come.
    this.#pieces.return?.().catch(() => undefined);
  }
}
