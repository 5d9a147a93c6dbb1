import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CompilerSettings } from '../../protocol/compile.js';
import { HeldClang } from './held-clang.js';
import type { HeldTool, LlvmResult } from './llvm.js';
import type { FileTree } from './llvm-bundle.js';

const settings = {
  compile: { 0: ['clang', '-O0'], 1: ['clang', '-O1'], 2: ['clang', '-O2'] },
  check: [],
  link: [],
  standards: { 'c++23': [] },
  warnings: { default: [], all: ['-Wextra'] },
} as unknown as CompilerSettings;

const resultOf = (output: string): LlvmResult => ({ exitCode: 0, output, file: () => undefined });

let started: string[][];
let given: { files: FileTree; text: string } | undefined;
let end: () => Promise<LlvmResult>;
let clang: HeldClang;

beforeEach(() => {
  started = [];
  given = undefined;
  end = () => Promise.resolve(resultOf(''));
  const hold = (args: string[], _: FileTree, last: { name: string; size: number }): HeldTool => {
    started.push(args);
    return {
      end(files, data) {
        expect(data).toHaveLength(last.size);
        given = { files, text: new TextDecoder().decode(data) };
        return end();
      },
    };
  };
  clang = new HeldClang({ hold }, settings);
});

const compile = (text: string, optimisation: '0' | '1' = '0'): Promise<LlvmResult | undefined> => clang.compile({ 'main.cpp': text, 'a.hpp': 'int a;' }, { optimisation });

describe('a clang that waits for a program', () => {
  test('gets its files, and spaces after its text', async () => {
    clang.prepare({ optimisation: '0' });
    expect(await compile('int main() {}')).toEqual(expect.objectContaining({ exitCode: 0 }));
    expect(given?.files['a.hpp']).toBe('int a;');
    expect(given?.text).toMatch(/^int main\(\) \{\}\n *$/);
  });

  test('compiles one program', async () => {
    clang.prepare({ optimisation: '0' });
    await compile('int main() {}');
    expect(await compile('int main() {}')).toBeUndefined();
  });

  test('is started once for the same options', () => {
    clang.prepare({ optimisation: '0' });
    clang.prepare({ optimisation: '0' });
    clang.prepare({ optimisation: '0', warnings: 'all' });
    expect(started).toEqual([['clang', '-O0'], ['clang', '-O0', '-Wextra']]);
  });

  test.each([
    ['other options', 'int main() {}', '1'],
    ['a program that is too long', `// ${'x'.repeat(66_000)}`, '0'],
  ] as const)('does not compile %s', async (_, text, optimisation) => {
    clang.prepare({ optimisation: '0' });
    expect(await compile(text, optimisation)).toBeUndefined();
    expect(given).toBeUndefined();
  });

  test('leaves a program to another one when it crashes', async () => {
    clang.prepare({ optimisation: '0' });
    end = () => Promise.reject(new Error('unreachable'));
    expect(await compile('int main() {}')).toBeUndefined();
  });

  test.each([
    ['after the text', 'main.cpp:3:1: error: expected }', true],
    ['in the text', 'main.cpp:2:1: error: no', false],
    ['in another file', 'a.hpp:9:1: error: no', false],
  ])('a message about a place %s', async (_, output, another) => {
    clang.prepare({ optimisation: '0' });
    end = () => Promise.resolve(resultOf(`In file included from main.cpp:1:\n${output}\n`));
    expect((await compile('int main() {\n')) === undefined).toBe(another);
  });
});
