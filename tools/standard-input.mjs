import { textOf } from './any-bytes.mjs';

/** What is read ahead of the program. */
const mostBytes = 1 << 24;

/** This process's standard input for a program that runs in the page, read from its making on. */
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

  /** All of it, if its end is known; then there is no more. Throws what the reading failed with. */
  whole() {
    return this.#ended ? this.#take() : undefined;
  }

  /** Resolves with what has come since, as soon as there is some: null at the end. */
  async next() {
    while (this.#length === 0 && !this.#ended) {
      this.#stream.resume();
      await new Promise((resolve) => {
        this.#heard = () => resolve(undefined);
      });
    }
    return this.#length === 0 && this.#error === undefined ? null : this.#take();
  }

  /** Nobody reads it any more. */
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
