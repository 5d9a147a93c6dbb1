import { expect, test } from '@jest/globals';
import { exampleTitle } from './example-title.js';

test("the title is the first line's comment", () => {
  expect(exampleTitle('gather', '// side by side: several at once.\n#include <asyncio.hpp>\n')).toBe(
    'Side by side: several at once',
  );
});

test('a comment further down is no title', () => {
  expect(exampleTitle('07-wait_for', '#include <asyncio.hpp>\n// inside\n')).toBe('Wait for');
});

test('an empty file is called by its name', () => {
  expect(exampleTitle('two-queues', '')).toBe('Two queues');
});
