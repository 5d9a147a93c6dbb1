import { bytesOf, hasOtherBytes } from '../protocol/byte-text.js';

const mostChars = 10_000_000;

/**
 * What a program wrote, beside what the console shows of it: the console is for text, and bytes that are none
 * (byte-text.ts), and NUL, are there in another form.
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

  /** All of it where it is not only text; undefined where it is, and where it is too much to keep. */
  get bytes(): Uint8Array | undefined {
    if ((!this.#hasOtherBytes && !this.#hasNul) || this.#length > this.#mostChars) return undefined;
    return bytesOf(this.#pieces.join(''));
  }
}
