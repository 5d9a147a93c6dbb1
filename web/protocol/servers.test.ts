import { describe, expect, test } from '@jest/globals';
import { fromProgram } from './message-guards.js';
import type { AnswerMessage, AnswerPart, ListedServer, ServedRequest, ServerNews } from './servers.js';

const huge = 'n'.repeat(3_000_000);
const server: ListedServer = {
  ...{ number: 1, url: 'http://127.0.0.1:8080', port: 8080, listening: true, routesLeftOut: 0 },
  routes: [{ method: 'GET', pattern: '/' }],
};
const request: ServedRequest = {
  ...{ number: 1, server: '127.0.0.1:8080', method: 'GET', target: '/', status: 200, state: 'answered' },
  ...{ took: 5, task: 4, taskName: 'Task-4' },
};
const news: ServerNews = { type: 'server-news', servers: [server], requests: [request] };
const answer = (part: AnswerPart): AnswerMessage => ({ type: 'answer', id: 1, part });

describe('news of servers', () => {
  test('of usual size are handed on as they are', () => {
    expect(fromProgram(news)).toEqual(news);
    expect(fromProgram({ type: 'server-news', requests: [] })).toEqual({ type: 'server-news', requests: [] });
  });

  test.each([
    ['no list of requests', { ...news, requests: undefined }],
    ['servers that are no list', { ...news, servers: { length: 1 } }],
    ['a port out of range', { ...news, servers: [{ ...server, port: 70_000 }] }],
    ['a port that is a text', { ...news, servers: [{ ...server, port: '8080' }] }],
    ['a route without a method', { ...news, servers: [{ ...server, routes: [{ pattern: '/' }] }] }],
    ['a URL that is an object', { ...news, servers: [{ ...server, url: { length: 3 } }] }],
    ['an unknown state', { ...news, requests: [{ ...request, state: 'toString' }] }],
    ['a status out of range', { ...news, requests: [{ ...request, status: 1_000 }] }],
    ['a time that is no number', { ...news, requests: [{ ...request, took: NaN }] }],
    ['a negative number', { ...news, requests: [{ ...request, number: -1 }] }],
  ])('with %s are ignored', (_what, message) => {
    expect(fromProgram(message)).toBeUndefined();
  });

  test('are bounded in number and length, and have nothing else', () => {
    const routes = Array.from({ length: 1_000 }, () => ({ method: huge, pattern: huge }));
    const servers = Array.from({ length: 100 }, () => ({ ...server, url: huge, routes, other: huge }));
    const requests = Array.from({ length: 1_000 }, (_unused, number) => ({ ...request, number, target: huge, taskName: huge, method: huge, server: huge }));
    const bounded = fromProgram({ type: 'server-news', servers, requests, other: huge }) as ServerNews;
    expect([bounded.servers?.length, bounded.servers?.[0]?.routes.length, bounded.servers?.[0]?.routesLeftOut]).toEqual([20, 200, 800]);
    expect([bounded.requests.length, bounded.requests.at(-1)?.number]).toEqual([200, 999]);
    expect(JSON.stringify(bounded).length).toBeLessThan(12_000_000);
  });
});

describe('an answer', () => {
  test.each<[AnswerPart]>([
    [{ kind: 'head', status: 404, reason: 'Not Found', headers: [['X', '1']] }],
    [{ kind: 'body', bytes: new ArrayBuffer(3) }],
    [{ kind: 'end', cut: true }],
    [{ kind: 'failed', why: 'refused' }],
  ])('with %j is handed on as it is', (part) => {
    expect(fromProgram(answer(part))).toEqual(answer(part));
  });

  test.each([
    [{ kind: 'head', status: 200, reason: 'OK', headers: [['X']] }],
    [{ kind: 'head', status: 200, reason: 'OK', headers: [['X', 1]] }],
    [{ kind: 'head', status: 20.5, reason: 'OK', headers: [] }],
    [{ kind: 'body', bytes: new Uint8Array(3) }],
    [{ kind: 'body', bytes: 'abc' }],
    [{ kind: 'end' }],
    [{ kind: 'failed', why: '<b>anything</b>' }],
    [{ kind: 'other' }],
    [null],
  ])('with %j is ignored', (part) => {
    expect(fromProgram({ type: 'answer', id: 1, part })).toBeUndefined();
  });

  test('has bounded headers and a bounded body', () => {
    const headers = Array.from({ length: 500 }, () => [huge, huge]);
    const { part } = fromProgram({ type: 'answer', id: 1, part: { kind: 'head', status: 200, reason: huge, headers } }) as AnswerMessage;
    expect(part.kind === 'head' && [part.headers.length, part.reason.length < 2_100]).toEqual([100, true]);
    const body = fromProgram({ type: 'answer', id: 1, part: { kind: 'body', bytes: new ArrayBuffer(5_000_000) } }) as AnswerMessage;
    expect(body.part.kind === 'body' && body.part.bytes.byteLength).toBe(1024 * 1024);
  });
});
