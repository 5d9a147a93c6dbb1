import { expect, test } from '@jest/globals';
import { headOf, makeTrampolines } from './trampolines.js';

/** Imports (i32, i32) -> i32 as `env.add`, f64 -> () as `env.take`, and a global, a memory, a table before them. */
const importer = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x0b, 0x02, 0x60, 0x01, 0x7c, 0x00, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f],
  ...[0x02, 0x2b, 0x05],
  ...[0x01, 0x65, 0x01, 0x67, 0x03, 0x7f, 0x00],
  ...[0x01, 0x65, 0x01, 0x6d, 0x02, 0x00, 0x01],
  ...[0x01, 0x65, 0x01, 0x74, 0x01, 0x70, 0x00, 0x00],
  ...[0x01, 0x65, 0x03, 0x61, 0x64, 0x64, 0x00, 0x01],
  ...[0x01, 0x65, 0x04, 0x74, 0x61, 0x6b, 0x65, 0x00, 0x00],
]);

/** Exports subtract(i32, i32) -> i32. */
const definer = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x73, 0x00, 0x00],
  ...[0x0a, 0x09, 0x01, 0x07, 0x00, 0x20, 0x00, 0x20, 0x01, 0x6b, 0x0b],
]);

test('a trampoline calls what is put into its slot, with the type of the import', () => {
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 70 });
  const made = makeTrampolines(importer, new Set(['add', 'take']), table);
  expect([...made.keys()]).toEqual(['add', 'take']);
  expect(table.length).toBe(72);

  const add = made.get('add');
  if (add === undefined) throw new Error('no trampoline for add');
  const subtract = new WebAssembly.Instance(new WebAssembly.Module(definer)).exports.s;
  table.set(add.slot, subtract);
  expect((add.func as (a: number, b: number) => number)(50, 8)).toBe(42);
});

test('nothing is made where nothing is wanted', () => {
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
  expect(makeTrampolines(importer, new Set(), table).size).toBe(0);
  expect(table.length).toBe(1);
});

test('the head of a module is enough to make them again, at the same slots, for another thread', () => {
  // After its imports a module says which types its functions have, and what their code is.
  const whole = Uint8Array.from([...importer, 0x03, 0x02, 0x01, 0x00, 0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b]);
  expect(headOf(whole).length).toBeLessThan(whole.length);
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 80 });
  const made = makeTrampolines(headOf(whole), new Set(['add', 'take']), table, 70);
  expect([...made.values()].map(({ slot }) => slot)).toEqual([70, 71]);
  expect(table.length).toBe(80);
});
