import { describe, expect, test } from '@jest/globals';
import { type JsonNode, parseJson } from './json-tree.js';

describe('JSON', () => {
  test('keeps the order of keys, all of them, and the digits of numbers', () => {
    expect(parseJson('{"b": 12345678901234567890, "a": [true, null, -1.50e3], "b": "x\\n\\u00e4"}')).toEqual({
      kind: 'object',
      entries: [
        ['b', { kind: 'number', text: '12345678901234567890' }],
        ['a', { kind: 'array', items: [{ kind: 'word', text: 'true' }, { kind: 'word', text: 'null' }, { kind: 'number', text: '-1.50e3' }] }],
        ['b', { kind: 'string', text: 'x\nä' }],
      ],
    });
  });

  test('may be nested, empty, or one value', () => {
    expect(parseJson('{"a":{"b":[[],{}]},"c":""}')).toEqual({
      kind: 'object',
      entries: [
        ['a', { kind: 'object', entries: [['b', { kind: 'array', items: [{ kind: 'array', items: [] }, { kind: 'object', entries: [] }] }]] }],
        ['c', { kind: 'string', text: '' }],
      ],
    });
    expect(parseJson(' 5 ')).toEqual({ kind: 'number', text: '5' });
    expect(parseJson('"a"')).toEqual({ kind: 'string', text: 'a' });
  });

  test('of any depth and length is read', () => {
    const depth = 100_000;
    let node: JsonNode | undefined = parseJson(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    let levels = 0;
    for (; node?.kind === 'array'; node = node.items[0]) levels += 1;
    expect(levels).toBe(depth);
    const long = 'x\\"'.repeat(300_000);
    expect((parseJson(`["${long}"]`) as { items: { text: string }[] }).items[0]?.text).toHaveLength(600_000);
  });

  test.each(['', '{', 'hello', "{'a': 1}", '[1,]', '1 2'])('is not %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});
