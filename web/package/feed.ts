/** The part of a running program that accepts input. */
export interface TakesInput {
  input(text: string): void;
  endInput(): void;
  terminate(): void;
}

/** Feeds a program with input that is requested piece by piece. */
export class Feed {
  readonly #pieces: AsyncIterator<string>;
  #giving = false;
  #over = false;
  #failed: { error: unknown } | undefined;

  constructor(source: AsyncIterable<string>) {
    this.#pieces = source[Symbol.asyncIterator]();
  }

  /** Sends pieces until a line is complete. Their end is the end of the input; their failure terminates the program. */
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
        // JavaScript callers may pass other types.
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

  /** The program has ended. Rethrows the pieces' error. */
  end(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
    if (this.#over) return;
    this.#over = true;
    // A pending piece may never arrive.
    this.#pieces.return?.().catch(() => undefined);
  }
}
