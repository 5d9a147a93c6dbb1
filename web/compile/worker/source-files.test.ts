import { describe, expect, test } from '@jest/globals';
import { refuse, treeOf } from './source-files.js';

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
    expect(refuse(files)).toMatch(/cannot be called .*__proto__/);
    treeOf(files);
    expect('main.o' in {}).toBe(false);
  });
});

test('a file in what is itself a file is refused', () => {
  expect(refuse({ ...main, a: '', 'a/b': '' })).toBe('a/b lies in what is itself a file');
});
