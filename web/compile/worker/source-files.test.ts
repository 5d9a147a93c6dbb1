import { describe, expect, test } from '@jest/globals';
import { refuse, treeOf, unitsOf } from './source-files.js';

const main = { 'main.cpp': 'int main() {}' };

describe('a project with a file of a name that objects have', () => {
  test.each(['constructor/x.hpp', 'toString', 'a/hasOwnProperty/b.hpp', 'valueOf/valueOf'])('is compiled as any other: %s', (path) => {
    const files = { ...main, [path]: 'int x;' };
    expect(refuse(files)).toBeUndefined();
    const parts = path.split('/');
    const found = parts.reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], treeOf(files));
    expect(found).toBe('int x;');
  });

  test.each(['__proto__/main.o', 'a/__proto__/main.o', '__proto__'])('is refused in words where it would change all objects: %s', (path) => {
    const files = Object.fromEntries([...Object.entries(main), [path, 'x']]);
    expect(refuse(files)).toMatch(/invalid file name .*__proto__/);
    treeOf(files);
    expect('main.o' in {}).toBe(false);
  });
});

test('a file in what is itself a file is refused', () => {
  expect(refuse({ ...main, a: '', 'a/b': '' })).toBe('invalid file name a/b: its folder is also a file');
});

describe('the translation units of a project', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['are main.cpp alone, beside headers', { 'a.hpp': '' }, []],
    ['are all its sources', { 'b/twice.cpp': '', 'a.cc': '', 'notes.txt': '' }, ['a.cc', 'b/twice.cpp']],
    ['are not what another file includes', { 'a.hpp': '# include "impl/a.cpp"\n', 'impl/a.cpp': '#include "../b.cpp"\n', 'b.cpp': '' }, []],
  ])('%s', (_what, others, expected) => {
    expect(unitsOf({ ...others, ...main })).toEqual(['main.cpp', ...expected]);
  });
});
