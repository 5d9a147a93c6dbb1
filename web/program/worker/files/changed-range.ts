/** The bytes of a file that have changed: a range, and everything after a truncation. */
export class ChangedRange {
  #from = Infinity;
  #to = 0;

  wrote(at: number, length: number): void {
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at + length);
  }

  /** The file was resized: to or from this size, whichever is shorter. */
  resized(shorter: number): void {
    this.#from = Math.min(this.#from, shorter);
    this.#to = Infinity;
  }

  /** The range in a file of that size. */
  within(size: number): { from: number; to: number } {
    const from = Math.min(this.#from, size);
    return { from, to: Math.max(from, Math.min(this.#to, size)) };
  }
}
