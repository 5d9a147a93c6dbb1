import { type Codec, type Column, type Value, walk } from '../worker/bitstream.js';
import { ColumnWriter, FORM, foldTable, LARGEST_ROW, TABLE, toUnsigned } from '../worker/bitstream-columns.js';

const WORTH_A_TRIAL = 64;

/**
 * The values of a bitstream, grouped by kind. A bitstream itself compresses badly because its values start at any bit.
 * `sizeOf` returns the compressed size of bytes.
 */
export function packBitstream(stream: Uint8Array, sizeOf: (bytes: Uint8Array) => number): Uint8Array {
  const packer = new Packer(stream, sizeOf);
  walk(packer);
  return packer.finish();
}

class Packer implements Codec {
  readonly #words: DataView;
  readonly #end: number;
  readonly #sizeOf: (bytes: Uint8Array) => number;
  readonly #values: Value[][] = [];
  readonly #blobs: ColumnWriter[] = [];
  #bit = 0;

  constructor(stream: Uint8Array, sizeOf: (bytes: Uint8Array) => number) {
    if (stream.length % 4 !== 0) throw new Error('a bitstream is not a whole number of words long');
    this.#words = new DataView(stream.buffer, stream.byteOffset, stream.length);
    this.#end = 8 * stream.length;
    this.#sizeOf = sizeOf;
  }

  more(): boolean {
    return this.#bit < this.#end;
  }

  fixed(width: number, column: Column): Value {
    return this.#keep(column, this.#read(width));
  }

  variable(width: number, column: Column): Value {
    const limit = 2 ** (width - 1);
    let value = 0;
    let large = 0n;
    for (let shift = 0; ; shift += width - 1) {
      const chunk = this.#read(width);
      if (shift + width > 52) large += BigInt(chunk % limit) << BigInt(shift);
      else value += (chunk % limit) * 2 ** shift;
      if (chunk < limit) break;
    }
    const whole = large + BigInt(value);
    return this.#keep(column, whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole);
  }

  align(): void {
    this.#bit = Math.ceil(this.#bit / 32) * 32;
  }

  blob(length: number, column: Column): void {
    const start = this.#words.byteOffset + this.#bit / 8;
    const bytes = new Uint8Array(this.#words.buffer, start, length);
    const writer = (this.#blobs[column.number] ??= new ColumnWriter());
    let form = FORM.plain;
    let best = bytes;
    let size = this.#sizeOf(bytes);
    for (let row = 1; row <= LARGEST_ROW && length % 4 === 0 && length > WORTH_A_TRIAL; ++row) {
      const folded = foldTable(bytes, row);
      const folds = this.#sizeOf(folded);
      if (folds < size) [form, best, size] = [TABLE + row, folded, folds];
    }
    writer.byte(form);
    writer.put(best);
    this.#bit += 8 * length;
  }

  finish(): Uint8Array {
    const header = new ColumnWriter();
    const body = new ColumnWriter();
    header.value(this.#end / 32);
    const count = Math.max(this.#values.length, this.#blobs.length);
    header.value(count);
    for (let column = 0; column < count; ++column) {
      const { form, bytes } = this.#encode(column);
      header.value(form);
      header.value(bytes.length);
      body.put(bytes);
    }
    header.put(body.bytes);
    return header.bytes;
  }

  #encode(column: number): { form: number; bytes: Uint8Array } {
    const blobs = this.#blobs[column];
    if (blobs !== undefined) return { form: FORM.plain, bytes: blobs.bytes };
    const values = this.#values[column] ?? [];
    const plain = new ColumnWriter();
    for (const value of values) plain.value(value);
    if (values.length < WORTH_A_TRIAL || values.some((value) => typeof value === 'bigint' || value > 2 ** 51)) {
      return { form: FORM.plain, bytes: plain.bytes };
    }
    const differences = new ColumnWriter();
    let previous = 0;
    for (const value of values as number[]) {
      differences.value(toUnsigned(value - previous));
      previous = value;
    }
    return this.#sizeOf(differences.bytes) < this.#sizeOf(plain.bytes)
      ? { form: FORM.difference, bytes: differences.bytes }
      : { form: FORM.plain, bytes: plain.bytes };
  }

  #keep({ number }: Column, value: Value): Value {
    (this.#values[number] ??= []).push(value);
    return value;
  }

  #read(width: number): number {
    let value = 0;
    for (let got = 0; got < width; ) {
      const word = this.#words.getUint32((this.#bit >>> 5) * 4, true);
      const offset = this.#bit & 31;
      const take = Math.min(32 - offset, width - got);
      value += ((word >>> offset) & (take === 32 ? -1 : (1 << take) - 1)) * 2 ** got;
      if (value < 0) value += 2 ** 32;
      got += take;
      this.#bit += take;
    }
    return value;
  }
}
