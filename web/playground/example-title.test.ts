import { expect, test } from '@jest/globals';
import { exampleTitle } from './example-title.js';

test("the title is the first line's comment", () => {
  expect(exampleTitle('gather', '// Wait for several at once.\n#include <asyncio.hpp>\n')).toBe(
    'Wait for several at once',
  );
});

test('a comment further down is no title', () => {
  expect(exampleTitle('wait_for', '#include <asyncio.hpp>\n// inside\n')).toBe('Wait for');
});

test('an empty file is called by its name', () => {
  expect(exampleTitle('two-queues', '')).toBe('Two queues');
});
