import { describe, expect, test } from '@jest/globals';
import { checkDraft, pathOfPattern, type RequestDraft, variablesIn } from './request-draft.js';

const checked = (draft: Partial<RequestDraft>): unknown => {
  const result = checkDraft({ method: 'GET', path: '/', headers: '', body: '', ...draft });
  return 'request' in result ? result.request : `${result.field}: ${result.problem}`;
};
const target = (path: string): unknown => (checked({ path }) as { target?: string }).target ?? checked({ path });

describe('a path', () => {
  test.each([
    ['/notes?q=a&b=%20', '/notes?q=a&b=%20'],
    ['notes', '/notes'],
    ['', '/'],
    [' /a b/ä "x" ', '/a%20b/%C3%A4%20%22x%22'],
    ['http://127.0.0.1:8080/notes?q=1#top', '/notes?q=1'],
    ['http://localhost:8080', '/'],
    ['/search?filter={"a":1}', '/search?filter=%7B%22a%22:1%7D'],
    ['/\ud800', '/%EF%BF%BD'],
    ['/a\r\nHost: x', '/a%0D%0AHost:%20x'],
  ])('%j is sent as %s', (path, sent) => {
    expect(target(path)).toBe(sent);
  });

  test('with a variable of its route left asks for a value', () => {
    expect(target('/notes/{id}')).toBe('path: Replace {id} in the path by a value.');
  });

  test('that is longer than a server takes is refused', () => {
    expect(target(`/${'x'.repeat(9_000)}`)).toBe('path: The path has 9,001 characters of at most 8,000.');
  });
});

describe('the pattern of a route', () => {
  test('becomes a path with the names of its variables', () => {
    expect(pathOfPattern(String.raw`/users/{id:\d{1,3}}/{file:.+}`)).toBe('/users/{id}/{file}');
    expect(pathOfPattern('/notes')).toBe('/notes');
  });

  test('has its variables where they are', () => {
    expect(variablesIn('/a/{id}/{b_2}')).toEqual([{ at: 3, text: '{id}' }, { at: 8, text: '{b_2}' }]);
    expect(variablesIn('/{"a"}/{unclosed')).toEqual([]);
  });
});

describe('headers', () => {
  test('are a line each', () => {
    expect(checked({ headers: 'X-A: 1\n\n Accept : text/html; q=1\nEmpty:' })).toMatchObject({
      headers: [['X-A', '1'], ['Accept', 'text/html; q=1'], ['Empty', '']],
    });
  });

  test.each([
    ['no colon', 'headers: “no colon” is not a header: write Name: value.'],
    ['X A: 1', 'headers: “X A: 1” is not a header: write Name: value.'],
    ['X: a\u0007b', 'headers: The header X contains a control character.'],
    ['content-length: 5', 'headers: content-length is set by the page itself: remove it.'],
    [Array<string>(101).fill('X: 1').join('\n'), 'headers: At most 100 headers can be sent.'],
  ])('%j are refused', (headers, problem) => {
    expect(checked({ headers })).toBe(problem);
  });
});

describe('a body', () => {
  test('has a type, unless one is given', () => {
    expect(checked({ method: 'POST', body: '{"a": 1}' })).toMatchObject({ headers: [['Content-Type', 'application/json']] });
    expect(checked({ method: 'POST', body: 'hello' })).toMatchObject({ headers: [['Content-Type', 'text/plain; charset=utf-8']] });
    expect(checked({ method: 'POST', body: 'a=1', headers: 'content-type: x/y' })).toMatchObject({ headers: [['content-type', 'x/y']] });
    expect(checked({ method: 'POST' })).toMatchObject({ headers: [], body: '' });
  });

  test('is not sent by GET and HEAD', () => {
    expect(checked({ method: 'HEAD', body: 'hello' })).toMatchObject({ headers: [], body: '' });
  });

  test('that is too large is refused, by its bytes', () => {
    expect(checked({ method: 'PUT', body: 'ä'.repeat(600_000) })).toBe('body: The body is too large: 1.2 MB of at most 1.0 MB that can be sent from here.');
  });
});

test('a method that is none is refused', () => {
  expect(checked({ method: 'GET /' })).toBe('method: “GET /” is not a method.');
});
