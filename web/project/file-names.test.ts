import { describe, expect, test } from '@jest/globals';
import { freeName, nameProblem } from './file-names.js';

const others = ['main.cpp', 'parts/queue.hpp'];

test.each(['queue.hpp', 'parts/pool.hpp', 'a_b-c+.h', 'words.txt', 'usr.hpp'])('%s can be added', (name) => {
  expect(nameProblem(name, others)).toBeUndefined();
});

test.each([
  ['', 'needs a name'],
  ['x'.repeat(101), 'at most 100'],
  ['<img src=x onerror=alert(1)>', 'can contain only letters'],
  ['a b.hpp', 'can contain only letters'],
  ['a\u0000.hpp', 'can contain only letters'],
  ['caf\u00e9.hpp', 'without accents'],
  ['C:\\x.hpp', 'can contain only letters'],
  ['../x.hpp', 'Each folder'],
  ['parts/./x.hpp', 'Each folder'],
  ['/x.hpp', 'Each folder'],
  ['parts/', 'Each folder'],
  ['...', 'Each folder'],
  ['usr/x.hpp', 'reserved for the compiler'],
  ['Main.cpp', 'already a file main.cpp'],
  ['parts', 'one is a folder'],
  ['main.cpp/x.hpp', 'one is a folder'],
])('%j is refused, with the reason', (name, reason) => {
  expect(nameProblem(name, others)?.toLowerCase()).toContain(reason.toLowerCase());
});

describe('a free name', () => {
  test('is the wanted one where nobody has it', () => {
    expect(freeName('header.hpp', others)).toBe('header.hpp');
  });

  test('is numbered before its ending', () => {
    expect(freeName('header.hpp', ['header.hpp', 'HEADER-2.hpp'])).toBe('header-3.hpp');
    expect(freeName('Makefile', ['Makefile'])).toBe('Makefile-2');
  });
});
