import { expect, test } from '@jest/globals';
import { exampleIn, linkTo } from './example-link.js';

test('a link leads to the example it was made for', () => {
  expect(exampleIn(linkTo('05-timeouts'))).toBe('05-timeouts');
  expect(exampleIn(linkTo('a b&c=%'))).toBe('a b&c=%');
});

test.each(['', '#', '#code=1.abc', '#examples=05-timeouts', '#x&example=05-timeouts'])('%j names no example', (hash) => {
  expect(exampleIn(hash)).toBeUndefined();
});

test('what is no valid escape is taken as it is', () => {
  expect(exampleIn('#example=%E0%A4%A')).toBe('%E0%A4%A');
});
