import { expect, test } from '@jest/globals';
import { exampleTitle } from './example-title.js';

test('chapter and title are those of the comment in the first line', () => {
  expect(exampleTitle('gather', '// Gather: wait for several at once.\n#include <asyncio.hpp>\n')).toEqual({
    chapter: 'Gather',
    title: 'Wait for several at once',
  });
});

test('a title without a chapter stands alone', () => {
  expect(exampleTitle('gather', '// Wait for std::vector of tasks\n')).toEqual({
    chapter: '',
    title: 'Wait for std::vector of tasks',
  });
});

test('a comment further down is no title', () => {
  expect(exampleTitle('07-wait_for', '#include <asyncio.hpp>\n// Inside: no\n').title).toBe('Wait for');
});

test('an empty file is called by its name', () => {
  expect(exampleTitle('two-queues', '')).toEqual({ chapter: '', title: 'Two queues' });
});
