import { bytesOf, hasOtherBytes } from '../protocol/byte-text.js';

const mostChars = 10_000_000;

/**
 * A program's raw output, besides what the console shows: the console is for text, and shows non-text bytes
 * (byte-text.ts) and NUL in another form.
 */
export class WrittenOutput {
  readonly #mostChars: number;
  #pieces: string[] = [];
  #length = 0;
  #hasOtherBytes = false;
  #hasNul = false;

  constructor(most = mostChars) {
    this.#mostChars = most;
  }

  add(text: string): void {
    this.#hasOtherBytes ||= hasOtherBytes(text);
    this.#hasNul ||= text.includes('\0');
    this.#length += text.length;
    if (this.#length > this.#mostChars) this.#pieces = [];
    else this.#pieces.push(text);
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#hasOtherBytes = false;
    this.#hasNul = false;
  }

  /** Whether some of it is not UTF-8. */
  get hasOtherBytes(): boolean {
    return this.#hasOtherBytes;
  }

  /** All of it if it is not only text; undefined if it is, or if it is too large to keep. */
  get bytes(): Uint8Array | undefined {
    if ((!this.#hasOtherBytes && !this.#hasNul) || this.#length > this.#mostChars) return undefined;
    return bytesOf(this.#pieces.join(''));
  }
}
