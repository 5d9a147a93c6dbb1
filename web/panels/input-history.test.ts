import { describe, expect, test } from '@jest/globals';
import { InputHistory } from './input-history.js';

function after(...lines: string[]): InputHistory {
  const history = new InputHistory();
  for (const line of lines) history.add(line);
  return history;
}

describe('the history of the input', () => {
  test('goes back line by line, and forth to what was being typed', () => {
    const history = after('one', 'two');
    expect(history.older('dra')).toBe('two');
    expect(history.older('two')).toBe('one');
    expect(history.older('one')).toBeUndefined();
    expect(history.newer()).toBe('two');
    expect(history.newer()).toBe('dra');
    expect(history.newer()).toBeUndefined();
  });

  test('begins at its end after each line', () => {
    const history = after('one', 'two');
    history.older('');
    history.older('');
    history.add('three');
    expect(history.older('')).toBe('three');
    expect(history.older('')).toBe('two');
  });

  test('keeps no empty lines and no line twice in a row', () => {
    const history = after('one', '', 'one');
    expect(history.older('')).toBe('one');
    expect(history.older('one')).toBeUndefined();
  });

  test('keeps the last 200 lines', () => {
    const history = after(...Array.from({ length: 300 }, (_, i) => `line ${i}`));
    let oldest = '';
    for (let line = history.older(''); line !== undefined; line = history.older(line)) oldest = line;
    expect(oldest).toBe('line 100');
  });
});
