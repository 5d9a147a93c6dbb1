/** Which bytes of a file are not as they were: those of a range, and all behind a truncation. */
export class ChangedRange {
  #from = Infinity;
  #to = 0;

  wrote(at: number, length: number): void {
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at + length);
  }

  /** It was made longer or shorter: to or from that size. */
  resized(shorter: number): void {
    this.#from = Math.min(this.#from, shorter);
    this.#to = Infinity;
  }

  /** In a file of that size. */
  within(size: number): { from: number; to: number } {
    const from = Math.min(this.#from, size);
    return { from, to: Math.max(from, Math.min(this.#to, size)) };
  }
}
