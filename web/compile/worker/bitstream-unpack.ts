import { type Codec, type Column, type Value, walk } from './bitstream.js';
import { ColumnReader, FORM, TABLE, unfoldTable } from './bitstream-columns.js';

/** The original bitstream that packBitstream was given, bit for bit. */
export function unpackBitstream(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const unpacker = new Unpacker(packed);
  walk(unpacker);
  return unpacker.finish();
}

class Unpacker implements Codec {
  readonly #readers: ColumnReader[] = [];
  readonly #words: Uint32Array<ArrayBuffer>;
  #word = 0;
  /** The word being filled, and the number of bits filled. */
  #current = 0;
  #filled = 0;

  constructor(packed: Uint8Array) {
    const header = new ColumnReader(packed);
    this.#words = new Uint32Array(Number(header.value()));
    const columns = Array.from({ length: Number(header.value()) }, () => {
      const form = Number(header.value());
      return { form, length: Number(header.value()) };
    });
    let offset = header.offset;
    for (const { form, length } of columns) {
      this.#readers.push(new ColumnReader(packed, offset, form === FORM.difference));
      offset += length;
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#words.buffer);
  }

  more(): boolean {
    return this.#word < this.#words.length;
  }

  fixed(width: number, column: Column): Value {
    const value = this.#reader(column).value();
    if (width <= 32) {
      this.#write(Number(value), width);
    } else {
      const whole = BigInt(value);
      this.#write(Number(whole & 0xffffffffn), 32);
      this.#write(Number(whole >> 32n), width - 32);
    }
    return value;
  }

  variable(width: number, column: Column): Value {
    const value = this.#reader(column).value();
    if (typeof value === 'number' && width < 32) {
      const shift = width - 1;
      const more = 1 << shift;
      let low = value >>> 0;
      let high = low === value ? 0 : (value - low) / 2 ** 32;
      while (high !== 0 || low >= more) {
        this.#write((low & (more - 1)) | more, width);
        low = ((low >>> shift) | (high << (32 - shift))) >>> 0;
        high >>>= shift;
      }
      this.#write(low, width);
    } else {
      this.#writeLarge(BigInt(value), width);
    }
    return value;
  }

  align(): void {
    if (this.#filled > 0) this.#write(0, 32 - this.#filled);
  }

  blob(length: number, column: Column): void {
    const reader = this.#reader(column);
    const [form = FORM.plain] = reader.take(1);
    const stored = reader.take(length);
    const bytes = form === FORM.plain ? stored : unfoldTable(stored, form - TABLE);
    new Uint8Array(this.#words.buffer).set(bytes, 4 * this.#word);
    this.#word += length >>> 2;
    const rest = length & 3;
    if (rest === 0) return;
    this.#current = this.#words[this.#word] ?? 0;
    this.#filled = 8 * rest;
  }

  #reader({ number }: Column): ColumnReader {
    const reader = this.#readers[number];
    if (reader === undefined) throw new Error('a packed bitstream ends too early');
    return reader;
  }

  #writeLarge(value: bigint, width: number): void {
    const more = 1n << BigInt(width - 1);
    let rest = value;
    while (rest >= more) {
      this.#write(Number(rest % more | more), width);
      rest >>= BigInt(width - 1);
    }
    this.#write(Number(rest), width);
  }

  #write(value: number, width: number): void {
    const filled = this.#filled;
    this.#current |= value << filled;
    if (filled + width < 32) {
      this.#filled = filled + width;
      return;
    }
    this.#words[this.#word++] = this.#current;
    this.#filled = filled + width - 32;
    this.#current = filled === 0 ? 0 : value >>> (32 - filled);
  }
}
