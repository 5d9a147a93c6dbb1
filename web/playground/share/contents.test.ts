import { expect, test } from '@jest/globals';
import { newProject } from '../../project/read-project.js';
import { contentsOf } from './contents.js';
import { adviceOn } from './link-length.js';

test('a project of one file is told by its lines and size', () => {
  expect(contentsOf(newProject('x', 'int main() {\n}\n'))).toBe('1 file, 2 lines, 15 B');
  expect(contentsOf(newProject('x', 'int main() {}'))).toBe('1 file, 1 line, 13 B');
  expect(contentsOf(newProject('x', ''))).toBe('1 file, 0 lines, 0 B');
});

test('several files are named, and options that are not as usual', () => {
  const project = newProject('x', '\n');
  project.files.push({ name: 'a.hpp', text: 'ü' });
  project.stdin = '12345';
  project.options = { standard: 'c++26', optimisation: '2', warnings: 'error', clock: 'fast', seed: 42 };
  expect(contentsOf(project)).toBe(
    '2 files (main.cpp, a.hpp), 2 lines, 3 B, 5 B of input, C++26, -O2, warnings are errors, clock: fast, seed 42',
  );
});

test.each([
  [1_999, /^This link has 1,999 characters\.$/, false],
  [2_001, /truncate links after 2,000/, false],
  [40_000, /a file is safer/, false],
  [2_000_001, /2,000,001 characters.*Save it as a file/, true],
])('a link of %d characters comes with advice', (length, text, tooLong) => {
  const advice = adviceOn(length);
  expect(advice.text).toMatch(text);
  expect(advice.tooLong).toBe(tooLong);
});
