import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { CommonCode } from '../../../web/compile/build/common-code.mjs';

const folder = mkdtempSync(join(tmpdir(), 'common-code-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const BIG = 3000;

/**
 * Two functions, `first` and `second`, that return 1 and 2, with one between them that is too big to be
 * kept as their neighbour. An import and a global stand before them.
 */
function moduleFile(): string {
  const section = (id: number, ...content: number[]): number[] => [id, ...leb(content.length), ...content];
  const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
  const body = (...code: number[]): number[] => [...leb(code.length + 1), 0, ...code];
  const constant = (value: number): number[] => [0x41, value, 0x0b];
  const nops = Array<number>(BIG).fill(0x01);
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 1, 0x7f),
    ...section(2, 1, ...name('env'), ...name('log'), 0, 0),
    ...section(3, 3, 0, 0, 0),
    ...section(6, 1, 0x7f, 1, 0x41, 0, 0x0b),
    ...section(7, 3, ...name('first'), 0, 1, ...name('between'), 0, 2, ...name('second'), 0, 3),
    ...section(10, 3, ...body(...constant(1)), ...body(...nops, ...constant(9)), ...body(...constant(2))),
  ];
  const path = join(folder, 'module.wasm');
  writeFileSync(path, Buffer.from(bytes));
  return path;
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >> 7)];
}

async function instantiate(bytes: Buffer): Promise<{ instance: WebAssembly.Instance; call: (name: string) => unknown }> {
  const module = await WebAssembly.compile(new Uint8Array(bytes));
  const instance = await WebAssembly.instantiate(module, { env: { log: () => 0 } });
  return { instance, call: (name) => (instance.exports[name] as () => unknown)() };
}

test('the common code has the functions that ran, and the others trap', async () => {
  const code = new CommonCode(moduleFile());
  const marked = await instantiate(code.marked());
  code.watch(marked.instance);
  expect(marked.call('first')).toBe(1);

  const common = await instantiate(code.common());
  expect(common.call('first')).toBe(1);
  expect(() => common.call('second')).toThrow(WebAssembly.RuntimeError);
});

test('what several runs used is kept, without what is far from any of it', async () => {
  const code = new CommonCode(moduleFile());
  for (const name of ['first', 'second']) {
    const marked = await instantiate(code.marked());
    code.watch(marked.instance);
    marked.call(name);
  }
  const common = await instantiate(code.common());
  expect([common.call('first'), common.call('second')]).toEqual([1, 2]);
  expect(() => common.call('between')).toThrow(/unreachable/);
});

test('what ran elsewhere can be added', async () => {
  const elsewhere = new CommonCode(moduleFile());
  const marked = await instantiate(elsewhere.marked());
  elsewhere.watch(marked.instance);
  marked.call('second');

  const code = new CommonCode(moduleFile());
  code.use(elsewhere.used());
  expect((await instantiate(code.common())).call('second')).toBe(2);
});
