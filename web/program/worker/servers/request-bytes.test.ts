import { expect, test } from '@jest/globals';
import type { ServerRequest } from '../../../protocol/servers.js';
import { requestBytes } from './request-bytes.js';

type SendRequest = Extract<ServerRequest, { type: 'send-request' }>;
const textOf = (request: Partial<SendRequest>): string =>
  new TextDecoder().decode(requestBytes({ type: 'send-request', id: 1, port: 8080, method: 'GET', target: '/', headers: [], body: '', ...request }));

test('a request has a host, and asks for the connection to be closed', () => {
  expect(textOf({ target: '/a?b=1', headers: [['Accept', '*/*']] })).toBe('GET /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nConnection: close\r\n\r\n');
});

test('a host that is given is the only one', () => {
  expect(textOf({ headers: [['host', 'x']] })).toBe('GET / HTTP/1.1\r\nhost: x\r\nConnection: close\r\n\r\n');
});

test('a body has its length in bytes, and so has none where one is expected', () => {
  expect(textOf({ method: 'POST', body: 'ä' })).toMatch(/\r\nContent-Length: 2\r\n\r\nä$/);
  expect(textOf({ method: 'PUT' })).toMatch(/\r\nContent-Length: 0\r\n\r\n$/);
  expect(textOf({ method: 'DELETE' })).not.toContain('Content-Length');
});
