import { describe, expect, test } from '@jest/globals';
import { bodyOf } from './answer-body.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const kind = (text: string, type: string, whole = true): string => bodyOf(bytesOf(text), type, whole).kind;

describe('the body of an answer', () => {
  test.each([
    ['{"a": 1}', 'application/json', 'json'],
    ['{"a": 1}', 'application/problem+json; charset=utf-8', 'json'],
    ['{"a": 1}', '', 'json'],
    ['{"a": 1', 'application/json', 'text'],
    ['{"a": 1}', 'text/plain', 'text'],
    ['<p>hello', 'text/html; charset=utf-8', 'html'],
    ['hello', 'application/x-unknown', 'text'],
    ['a\0b', 'text/plain', 'text'],
    ['a\0b', 'image/png', 'binary'],
    ['', 'text/html', 'empty'],
  ])('%j of type %j is %s', (text, type, expected) => {
    expect(kind(text, type)).toBe(expected);
  });

  test('of which only a part is there is text', () => {
    expect([kind('{"a": 1}', 'application/json', false), kind('<p>hello', 'text/html', false)]).toEqual(['text', 'text']);
  });

  test('is read in its charset; an unknown one is UTF-8', () => {
    expect(bodyOf(new Uint8Array([0xe4]), 'text/plain; charset=ISO-8859-1', true)).toEqual({ kind: 'text', text: 'ä' });
    expect(bodyOf(bytesOf('ä'), 'text/plain; charset=none', true)).toEqual({ kind: 'text', text: 'ä' });
  });

  test('that is no UTF-8 is binary, unless its type says that it is text', () => {
    expect(bodyOf(new Uint8Array([0xff, 0xfe]), 'application/x', true).kind).toBe('binary');
    expect(bodyOf(new Uint8Array([0xff]), 'text/plain', true)).toEqual({ kind: 'text', text: '\ufffd' });
  });

  test('may end in the middle of a character while it arrives', () => {
    expect(bodyOf(bytesOf('aä').subarray(0, 2), 'text/event-stream', false)).toEqual({ kind: 'text', text: 'a' });
  });
});
