import { describe, expect, test } from '@jest/globals';
import { trimPrecompiled } from './trim-precompiled.mjs';

/** Writes a bitstream. */
class Stream {
  readonly bits: number[] = [];

  fixed(width: number, value: number): this {
    for (let index = 0; index < width; ++index) this.bits.push(Math.floor(value / 2 ** index) % 2);
    return this;
  }

  variable(width: number, value: number): this {
    const more = 2 ** (width - 1);
    if (value < more) return this.fixed(width, value);
    return this.fixed(width, more + (value % more)).variable(width, Math.floor(value / more));
  }

  align(): this {
    while (this.bits.length % 32 !== 0) this.bits.push(0);
    return this;
  }

  block(id: number, content: (inner: Stream) => void, width = 2): this {
    const inner = new Stream();
    content(inner);
    inner.fixed(4, 0).align();
    this.fixed(width, 1).variable(8, id).variable(4, 4).align().fixed(32, inner.bits.length / 32);
    this.bits.push(...inner.bits);
    return this;
  }

  record(code: number, ...values: number[]): this {
    this.fixed(4, 3).variable(6, code).variable(6, values.length);
    for (const value of values) this.variable(6, value);
    return this;
  }

  bytes(): Uint8Array {
    return Uint8Array.from({ length: this.bits.length / 8 }, (_, index) => this.bits.slice(8 * index, 8 * index + 8).reduce((sum, bit, place) => sum + (bit << place), 0));
  }
}

/** A table with one bucket: a name without more, a builtin with a macro and two declarations, a name and a type of C with one each. */
function identifiers(declarations: [number, number], fileNumber: number): { table: number[]; buckets: number } {
  const long = [1, 0, 0, 0, 0, 0, 0, 0];
  const id = (number: number): number[] => [number, 0, 0, 0, 0, 0, 0, 0];
  const entry = (key: string, data: number[]): number[] => [9, 9, 9, 9, key.length + 1, data.length, ...Buffer.from(`${key}\0`), ...data];
  const entries = [
    ...entry('x', [2, 0, 0, 0, 0, 0, 0, 0]),
    ...entry('abs', [...long, 77, 1, 16, 0, 5, 5, 5, 5, ...id(declarations[0]), ...id(declarations[1])]),
    ...entry('task', [...long, 0xfe, 0xff, 0, 0, ...id(90)]),
    ...entry('FILE', [...long, fileNumber, 0, 0, 0, ...id(91)]),
  ];
  const bucket = [0, 0, 0, 0, 4, 0, ...entries];
  while (bucket.length % 4 !== 0) bucket.push(0);
  return { table: [...bucket, 1, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0], buckets: bucket.length };
}

/** A header whose records have these codes; a nested block and a record with an abbreviation stand between them. */
function header([vtables, pending, delegating]: [number, number, number], declarations: [number, number], fileNumber = 29): Uint8Array {
  const { table, buckets } = identifiers(declarations, fileNumber);
  return new Stream()
    .fixed(32, 0x48435043)
    .block(15, (control) => control.record(19, 1, 2, 3))
    .block(8, (ast) => {
      ast.record(vtables, 70, 71, 1);
      ast.block(9, (inner) => inner.record(26, 4), 4);
      // A literal, a number, an array of characters; then a blob.
      ast.fixed(4, 2).variable(5, 4).fixed(1, 1).variable(8, 5).fixed(1, 0).fixed(3, 2).variable(5, 6).fixed(1, 0).fixed(3, 3).fixed(1, 0).fixed(3, 4);
      ast.fixed(4, 2).variable(5, 3).fixed(1, 1).variable(8, 5).fixed(1, 0).fixed(3, 1).variable(5, 32).fixed(1, 0).fixed(3, 5);
      ast.fixed(4, 4).variable(6, 99).variable(6, 3).fixed(6, 1).fixed(6, 2).fixed(6, 3);
      ast.fixed(4, 5).fixed(32, buckets).variable(6, table.length).align();
      for (const byte of table) ast.fixed(8, byte);
      ast.align();
      ast.record(pending, 500, 600);
      ast.record(delegating, 1);
      ast.record(38, 1000);
    })
    .bytes();
}

describe('trimming a precompiled header', () => {
  test('hides three records and the declarations of builtins from clang, and changes nothing else', () => {
    expect(trimPrecompiled(header([19, 26, 37], [200, 201]))).toEqual(header([20, 20, 1000], [6, 6]));
  });

  test('refuses a header of a clang that numbers its builtins in another way', () => {
    expect(() => trimPrecompiled(header([19, 26, 37], [200, 201], 40))).toThrow('FILE has the number 40');
  });

  test('refuses a header in which a record is missing', () => {
    expect(() => trimPrecompiled(header([19, 27, 39], [200, 201]))).toThrow('no record PENDING_IMPLICIT_INSTANTIATIONS, DELEGATING_CTORS');
  });
});
