/** Reads the binary format of WebAssembly, as far as loading a program requires. */
export class WasmReader {
  offset: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.offset = offset;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.offset >= this.#end;
  }

  byte(): number {
    const value = this.offset < this.#end ? this.#bytes[this.offset++] : undefined;
    if (value === undefined) throw new Error('the program is truncated');
    return value;
  }

  /** LEB128. */
  number(): number {
    let result = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      result += (byte & 0x7f) * factor;
      if ((byte & 0x80) === 0) return result;
      factor *= 0x80;
    }
  }

  string(): string {
    return new TextDecoder().decode(this.bytes(this.number()));
  }

  bytes(length: number): Uint8Array {
    const start = this.offset;
    this.offset += length;
    return this.#bytes.subarray(start, this.offset);
  }

  /** The content of the next `length` bytes. */
  part(length: number): WasmReader {
    const start = this.offset;
    this.offset += length;
    return new WasmReader(this.#bytes, start, start + length);
  }
}
