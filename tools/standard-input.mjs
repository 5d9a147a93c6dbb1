import { textOf } from './any-bytes.mjs';

/** The number of bytes that are read ahead of the program. */
const mostBytes = 1 << 24;

/** This process's standard input for a program that runs in the page. Reading starts on construction. */
export class StandardInput {
  /** @type {import('node:stream').Readable} */
  #stream;
  #most;
  /** @type {Buffer[]} */
  #pieces = [];
  #length = 0;
  #ended = false;
  /** @type {Error | undefined} */
  #error;
  #heard = () => {};

  /** @param {import('node:stream').Readable} stream */
  constructor(stream, most = mostBytes) {
    this.#stream = stream;
    this.#most = most;
    stream.on('data', (/** @type {Buffer} */ piece) => {
      this.#pieces.push(piece);
      this.#length += piece.length;
      if (this.#length >= this.#most) stream.pause();
      this.#heard();
    });
    stream.on('end', () => this.#end(undefined));
    stream.on('error', (error) => this.#end(error));
  }

  /** All of the input, if its end has been reached; then nothing is left. Throws the error of a failed read. */
  whole() {
    return this.#ended ? this.#take() : undefined;
  }

  /** Resolves with the input received since the last call, as soon as there is any: null at the end. */
  async next() {
    while (this.#length === 0 && !this.#ended) {
      this.#stream.resume();
      await new Promise((resolve) => {
        this.#heard = () => resolve(undefined);
      });
    }
    return this.#length === 0 && this.#error === undefined ? null : this.#take();
  }

  /** Stops reading. */
  close() {
    this.#stream.destroy();
  }

  #take() {
    if (this.#error !== undefined) throw this.#error;
    const text = textOf(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#length = 0;
    return text;
  }

  /** @param {Error | undefined} error */
  #end(error) {
    this.#ended = true;
    this.#error = error;
    this.#heard();
  }
}
