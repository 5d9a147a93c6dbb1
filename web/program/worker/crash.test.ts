import { describe, expect, test } from '@jest/globals';
import { describeCrash } from './crash.js';

const trap = (message: string) => new WebAssembly.RuntimeError(message);
const describeTrap = (message: string) => describeCrash(trap(message), { stackOverflowed: false });

describe('a trap is told in words whatever the engine calls it', () => {
  test.each([
    ['divide by zero', 136, /division by zero/],
    ['integer divide by zero', 136, /division by zero/],
    ['Division by zero (evaluating \'wasm\')', 136, /division by zero/],
    ['divide result unrepresentable', 136, /overflowed/],
    ['integer overflow', 136, /overflowed/],
    ['float unrepresentable in integer range', 136, /overflowed/],
    ['memory access out of bounds', 139, /Memory was accessed out of bounds/],
    ['index out of bounds', 139, /Memory was accessed out of bounds/],
    ['Out of bounds memory access', 139, /Memory was accessed out of bounds/],
    ['null function or function signature mismatch', 139, /function pointer/],
    ['indirect call to null', 139, /function pointer/],
    ['indirect call signature mismatch', 139, /function pointer/],
    ['table index is out of bounds', 139, /function pointer/],
    ['Out of bounds call_indirect', 139, /function pointer/],
    ['unreachable', 132, /must never run/],
    ['unreachable executed', 132, /must never run/],
    ['Unreachable code should not be executed', 132, /must never run/],
  ])('%s', (message, exitCode, words) => {
    const crash = describeTrap(message);
    expect(crash.exitCode).toBe(exitCode);
    expect(crash.message).toMatch(words);
  });

  test('one that is not known is quoted', () => {
    expect(describeTrap('something new')).toEqual({
      type: 'crash',
      exitCode: 132,
      message: 'WebAssembly trap: something new',
    });
  });
});

describe('an exhausted stack is told', () => {
  test.each([
    [new RangeError('Maximum call stack size exceeded'), false],
    [new Error('too much recursion'), false],
    [trap('memory access out of bounds'), true],
  ])('%s', (error, stackOverflowed) => {
    expect(describeCrash(error, { stackOverflowed }).message).toMatch(/Stack overflow/);
  });
});

test('a JavaScript error is told with its name', () => {
  const crash = describeCrash(new TypeError('x is not a function'), { stackOverflowed: false });
  expect(crash.message).toBe('Uncaught JavaScript TypeError: x is not a function');
});
