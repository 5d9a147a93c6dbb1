import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commonPart, UsedCode } from '../../../web/build/compiler/common-code.mjs';
import { wasmModulePath, wasmModules } from '../../../web/build/compiler/llvm-bundle.mjs';
import { packProfile, profileOf, unpackProfile } from '../../../web/build/compiler/profile.mjs';

const BIG = 3000;

/**
 * Two functions, `first` and `second`, that return 1 and 2, with one between them that is too large to be
 * kept as their neighbour. An import and a global stand before them.
 */
function someModule(): Buffer {
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
  return Buffer.from(bytes);
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >> 7)];
}

async function instantiate(bytes: Buffer): Promise<{ instance: WebAssembly.Instance; call: (name: string) => unknown }> {
  const module = await WebAssembly.compile(new Uint8Array(bytes));
  const instance = await WebAssembly.instantiate(module, { env: { log: () => 0 } });
  return { instance, call: (name) => (instance.exports[name] as () => unknown)() };
}

/** The parts that a run of each of the functions uses. */
async function usedBy(...names: string[]): Promise<Uint8Array> {
  const code = new UsedCode(someModule());
  for (const name of names) {
    const { instance, call } = await instantiate(code.marked());
    code.watch(instance);
    call(name);
  }
  return code.used();
}

test('the common part has the functions that ran, and the others trap', async () => {
  const common = await instantiate(commonPart(someModule(), await usedBy('first')));
  expect(common.call('first')).toBe(1);
  expect(() => common.call('second')).toThrow(WebAssembly.RuntimeError);
});

test('the functions that several runs used are kept, without those far from all of them', async () => {
  const common = await instantiate(commonPart(someModule(), await usedBy('first', 'second')));
  expect([common.call('first'), common.call('second')]).toEqual([1, 2]);
  expect(() => common.call('between')).toThrow(/unreachable/);
});

test('a profile is read back unchanged, for its own module and for no other', async () => {
  const used = await usedBy('second');
  const profile = packProfile(someModule(), used);
  expect(unpackProfile(profile, someModule())).toEqual(used);
  expect(unpackProfile(profile, Buffer.concat([someModule(), Buffer.from([0, 1, 0])]))).toBeUndefined();
});

test('the profile in the repository is of the @yowasp/clang that package-lock.json names', () => {
  const [core = ''] = wasmModules;
  const used = profileOf(readFileSync(wasmModulePath(core)));
  expect(used?.reduce((sum, mark) => sum + mark, 0)).toBeGreaterThan(10_000);
});
