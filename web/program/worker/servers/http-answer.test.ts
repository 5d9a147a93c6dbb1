import { describe, expect, test } from '@jest/globals';
import type { AnswerPart } from '../../../protocol/servers.js';
import { HttpAnswer } from './http-answer.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The parts of an answer, with the pieces of its body joined to a text. */
function partsOf(text: string, { method = 'GET', ends = true, size = Infinity } = {}): unknown[] {
  const parts: AnswerPart[] = [];
  const answer = new HttpAnswer(method, (part) => parts.push(part));
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length; at += size) answer.feed(bytes.subarray(at, at + size));
  if (ends) answer.ended(true);
  const body = parts.flatMap((part) => (part.kind === 'body' ? [new TextDecoder().decode(part.bytes)] : [])).join('');
  return [...parts.filter(({ kind }) => kind !== 'body').map((part) => (part.kind === 'head' ? part.status : part)), body];
}

const whole = { kind: 'end', cut: false };
const malformed = { kind: 'failed', why: 'malformed' };

describe('an answer', () => {
  test('has its status, reason and headers', () => {
    const parts: AnswerPart[] = [];
    new HttpAnswer('GET', (part) => parts.push(part)).feed(bytesOf('HTTP/1.1 404 Not Found\r\nX-A:  a b \r\nContent-Length: 0\r\n\r\n'));
    expect(parts).toEqual([{ kind: 'head', status: 404, reason: 'Not Found', headers: [['X-A', 'a b'], ['Content-Length', '0']] }, whole]);
  });

  test.each([
    ['by its length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=1\r\nllo\r\n0\r\nX: y\r\n\r\n'],
    ['up to the end of the connection', 'HTTP/1.1 200 OK\r\n\r\nhello'],
    ['after 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  ])('has a body %s, in whatever pieces it arrives', (_how, text) => {
    for (const size of [Infinity, 1, 7]) expect(partsOf(text, { size })).toEqual([200, whole, 'hello']);
  });

  test('to HEAD has no body, whatever its length says', () => {
    expect(partsOf('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', { method: 'HEAD', ends: false })).toEqual([200, whole, '']);
  });

  test('that is longer than is kept is cut, and over', () => {
    const parts: AnswerPart[] = [];
    const answer = new HttpAnswer('GET', (part) => parts.push(part));
    answer.feed(bytesOf('HTTP/1.1 200 OK\r\n\r\n'));
    for (let piece = 0; piece < 20 && !answer.over; piece += 1) answer.feed(new Uint8Array(100_000));
    const size = parts.reduce((sum, part) => sum + (part.kind === 'body' ? part.bytes.byteLength : 0), 0);
    expect([size, parts.at(-1), answer.over]).toEqual([1024 * 1024, { kind: 'end', cut: true }, true]);
  });

  test('of exactly the size that is kept is whole', () => {
    const parts: AnswerPart[] = [];
    const answer = new HttpAnswer('GET', (part) => parts.push(part));
    answer.feed(bytesOf(`HTTP/1.1 200 OK\r\nContent-Length: ${1024 * 1024}\r\n\r\n`));
    answer.feed(new Uint8Array(1024 * 1024));
    expect(parts.at(-1)).toEqual(whole);
  });

  test('whose connection breaks is broken', () => {
    for (const text of ['', 'HTTP/1.1 200', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n']) {
      expect(partsOf(text)).toContainEqual({ kind: 'failed', why: 'broken' });
    }
    const parts: AnswerPart[] = [];
    const answer = new HttpAnswer('GET', (part) => parts.push(part));
    answer.feed(bytesOf('HTTP/1.1 200 OK\r\n\r\nhello'));
    answer.ended(false);
    expect(parts.at(-1)).toEqual({ kind: 'failed', why: 'broken' });
  });

  test.each([
    ['another protocol', 'SSH-2.0-x\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nhello\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n'],
    ['a head without an end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`],
  ])('that is %s is malformed', (_what, text) => {
    expect(partsOf(text)).toContainEqual(malformed);
  });

  test('that switches to another protocol says so', () => {
    expect(partsOf('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x00')).toEqual([101, { kind: 'failed', why: 'switched' }, '']);
  });
});
