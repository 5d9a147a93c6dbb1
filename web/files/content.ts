/** Larger files are stored as blobs, which are read only on demand. */
const BLOB_BYTES = 64 * 1024;

/** The bytes of a file that a program changes. */
export class Content {
  #bytes: Uint8Array<ArrayBuffer>;
  #size: number;

  private constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#size = bytes.length;
  }

  static empty(): Content {
    return new Content(new Uint8Array());
  }

  static async of(stored: Uint8Array | Blob): Promise<Content> {
    return new Content(stored instanceof Blob ? new Uint8Array(await stored.arrayBuffer()) : stored.slice());
  }

  get size(): number {
    return this.#size;
  }

  /** Sets the size, filling with zeros, then writes the bytes at `at`. */
  write(size: number, at: number, bytes: Uint8Array): void {
    if (size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(size, Math.min(this.#bytes.length * 2, this.#bytes.length + 2 ** 20)));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
    this.#bytes.set(bytes, at);
  }

  /** A copy to store. */
  stored(): Uint8Array<ArrayBuffer> | Blob {
    const bytes = this.#bytes.subarray(0, this.#size);
    return this.#size < BLOB_BYTES ? bytes.slice() : new Blob([bytes]);
  }
}
