import type { Value } from './bitstream.js';

/** How the values of a column, or the words of a blob, are encoded. */
export const FORM = { plain: 0, difference: 1 };

/** Blobs that are tables of 32-bit words: the form is this plus the number of words per row. */
export const TABLE = 1;
export const LARGEST_ROW = 4;

/** Encodes the values of a column as bytes, seven bits each. */
export class ColumnWriter {
  #bytes = new Uint8Array(64);
  length = 0;

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  value(value: Value): void {
    let rest = value;
    while (typeof rest === 'bigint' ? rest >= 0x80n : rest >= 0x80) {
      this.byte(Number(typeof rest === 'bigint' ? rest & 0x7fn : rest % 0x80) | 0x80);
      rest = typeof rest === 'bigint' ? rest >> 7n : Math.floor(rest / 0x80);
    }
    this.byte(Number(rest));
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  put(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + count, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class ColumnReader {
  readonly #bytes: Uint8Array;
  #offset: number;
  #previous = 0;
  readonly #differences: boolean;

  constructor(bytes: Uint8Array, offset = 0, differences = false) {
    this.#bytes = bytes;
    this.#offset = offset;
    this.#differences = differences;
  }

  get offset(): number {
    return this.#offset;
  }

  value(): Value {
    const value = this.#plain();
    if (!this.#differences) return value;
    return (this.#previous += fromUnsigned(Number(value)));
  }

  take(length: number): Uint8Array {
    const start = this.#offset;
    this.#offset += length;
    return this.#bytes.subarray(start, this.#offset);
  }

  #plain(): Value {
    const bytes = this.#bytes;
    let byte = bytes[this.#offset++] ?? 0;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let factor = 0x80;
    for (let count = 1; count < 7; ++count) {
      byte = bytes[this.#offset++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
    let large = BigInt(value);
    for (let shift = 49n; byte >= 0x80; shift += 7n) {
      byte = bytes[this.#offset++] ?? 0;
      large |= BigInt(byte & 0x7f) << shift;
    }
    return large <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(large) : large;
  }
}

/** Maps signed differences 0, -1, 1, -2, 2 ... to 0, 1, 2, 3, 4 ... (zigzag) */
export function toUnsigned(difference: number): number {
  return difference < 0 ? -2 * difference - 1 : 2 * difference;
}

function fromUnsigned(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A table of 32-bit words, `row` per row: each word minus the one above it, with bytes of equal significance grouped. */
export function foldTable(bytes: Uint8Array, row: number): Uint8Array {
  const words = wordsOf(bytes);
  const count = words.length;
  const folded = new Uint8Array(bytes.length);
  for (let index = 0; index < count; ++index) {
    const difference = ((words[index] ?? 0) - (words[index - row] ?? 0)) | 0;
    for (let byte = 0; byte < 4; ++byte) folded[byte * count + index] = difference >>> (8 * byte);
  }
  return folded;
}

export function unfoldTable(folded: Uint8Array, row: number): Uint8Array {
  const count = folded.length / 4;
  const words = new Uint32Array(count);
  for (let index = 0; index < count; ++index) {
    let difference = 0;
    for (let byte = 0; byte < 4; ++byte) difference |= (folded[byte * count + index] ?? 0) << (8 * byte);
    words[index] = (words[index - row] ?? 0) + difference;
  }
  return new Uint8Array(words.buffer);
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}
