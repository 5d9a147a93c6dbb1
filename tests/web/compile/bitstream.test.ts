import { describe, expect, test } from '@jest/globals';
import { packBitstream } from '../../../web/compile/node/bitstream-pack.js';
import { unpackBitstream } from '../../../web/compile/worker/bitstream-unpack.js';

/** Writes LLVM's bitstream format, bit by bit. */
class BitWriter {
  readonly #bits: number[] = [];

  fixed(value: number | bigint, width: number): this {
    for (let bit = 0; bit < width; ++bit) this.#bits.push(Number((BigInt(value) >> BigInt(bit)) & 1n));
    return this;
  }

  variable(value: number | bigint, width: number): this {
    const more = 1n << BigInt(width - 1);
    let rest = BigInt(value);
    for (; rest >= more; rest >>= BigInt(width - 1)) this.fixed((rest % more) | more, width);
    return this.fixed(rest, width);
  }

  align(): this {
    while (this.#bits.length % 32 !== 0) this.#bits.push(0);
    return this;
  }

  enter(width: number, id: number, innerWidth: number): this {
    return this.fixed(1, width).variable(id, 8).variable(innerWidth, 4).align().fixed(0, 32);
  }

  record(width: number, code: number, values: (number | bigint)[]): this {
    this.fixed(3, width).variable(code, 6).variable(values.length, 6);
    for (const value of values) this.variable(value, 6);
    return this;
  }

  end(width: number): this {
    return this.fixed(0, width).align();
  }

  get bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#bits.length / 8);
    this.#bits.forEach((bit, index) => {
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (index & 7));
    });
    return bytes;
  }
}

function start(): BitWriter {
  return new BitWriter().fixed(0x48435043, 32);
}

function roundTrip(stream: Uint8Array): Uint8Array {
  return unpackBitstream(packBitstream(stream, (bytes) => bytes.filter((byte) => byte !== 0).length));
}

describe('a packed bitstream is unpacked to the bit', () => {
  test('with records of small and of huge values', () => {
    const stream = start()
      .enter(2, 8, 3)
      .record(3, 5, [0, 1, 31, 32, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40 + 5, 2n ** 53n + 1n, 2n ** 64n - 1n])
      .record(3, 70, [])
      .end(3).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });

  test('with long columns, rising and falling', () => {
    const writer = start().enter(2, 8, 3);
    for (let index = 0; index < 300; ++index) writer.record(3, 9, [1_000_000 + index, (index * 7919) % 1000]);
    const stream = writer.end(3).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });

  test('with abbreviations of every encoding', () => {
    const writer = start().enter(2, 8, 4);
    // A literal, a fixed and a variable value, and an array of characters.
    writer.fixed(2, 4).variable(5, 5);
    writer.fixed(1, 1).variable(12, 8);
    writer.fixed(0, 1).fixed(1, 3).variable(32, 5);
    writer.fixed(0, 1).fixed(2, 3).variable(32, 5);
    writer.fixed(0, 1).fixed(3, 3);
    writer.fixed(0, 1).fixed(4, 3);
    writer.fixed(4, 4).fixed(0xfedcba98, 32).variable(0xfedcba98, 32).variable(3, 6).fixed(1, 6).fixed(63, 6).fixed(0, 6);
    // A variable value and a blob, which starts and ends at a word.
    writer.fixed(2, 4).variable(2, 5);
    writer.fixed(0, 1).fixed(2, 3).variable(6, 5);
    writer.fixed(0, 1).fixed(5, 3);
    writer.fixed(5, 4).variable(77, 6).variable(5, 6).align();
    for (const byte of [1, 2, 3, 4, 255]) writer.fixed(byte, 8);
    const stream = writer.align().end(4).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });

  test('with a blob that is a table of rising words', () => {
    const writer = start().enter(2, 8, 4);
    writer.fixed(2, 4).variable(1, 5).fixed(0, 1).fixed(5, 3);
    writer.fixed(4, 4).variable(400, 6).align();
    for (let row = 0; row < 50; ++row) writer.fixed(0xffffff00 + row * 3, 32).fixed(row, 32);
    const stream = writer.end(4).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });

  test('with abbreviations that the block-info block describes', () => {
    const writer = start().enter(2, 0, 2).record(2, 1, [8]);
    writer.fixed(2, 2).variable(1, 5).fixed(0, 1).fixed(2, 3).variable(6, 5);
    writer.end(2).enter(2, 8, 3).fixed(4, 3).variable(1234, 6);
    const stream = writer.end(3).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });

  test('with blocks in blocks', () => {
    const stream = start().enter(2, 8, 3).enter(3, 9, 5).record(5, 1, [7]).end(5).record(3, 1, [8]).end(3).bytes;
    expect(roundTrip(stream)).toEqual(stream);
  });
});

test('what is no bitstream is refused', () => {
  expect(() => roundTrip(new Uint8Array([1, 2, 3]))).toThrow('not a whole number of words');
});
