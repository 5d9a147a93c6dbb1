import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { printedLines } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';
import { SocketServer } from './websocket-server.js';

let page: ProgramPage;
let server: SocketServer;
let nobody: string;
let cases: string;

beforeAll(async () => {
  server = await SocketServer.open();
  nobody = await urlOfNobody();
  page = await ProgramPage.open();
  cases = page.build('websocket-cases', '1');
});

afterAll(async () => {
  // The browser reports each connection that fails.
  page.forgetErrors(/WebSocket connection to/);
  await page.close();
  await server.close();
});

/** The URL of a port that was free a moment ago. */
async function urlOfNobody(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return `ws://127.0.0.1:${port}/`;
}

const linesOf = async (name: string): Promise<string[]> => printedLines(await page.run(cases, [name, server.url, nobody]));

/** Waits until the server has seen this number of connections to the path end. */
async function endsOf(path: string, count: number): Promise<[code: number, reason: string][]> {
  for (;;) {
    const seen = server.ended.filter((ended) => ended.path === path);
    if (seen.length >= count) return seen.map(({ code, reason }) => [code, reason]);
    await new Promise(setImmediate);
  }
}

describe('a WebSocket to a server', () => {
  test.each(['jspi', 'detached'] as const)('carries texts and bytes (%s)', async (blocking) => {
    expect(printedLines(await page.run(cases, ['messages', server.url, nobody], '', blocking))).toEqual([
      'text grüße, 世界',
      'text []',
      'bytes true',
      'closed with 1000',
    ]);
  });

  test('carries messages of many megabytes, text and binary', async () => {
    expect(await linesOf('large')).toEqual(['text true', 'bytes true']);
  });

  test('is iterated to its end', async () => {
    expect(await linesOf('iteration')).toEqual(['1000 true 1000 counted']);
  });

  test('sends and receives close codes and reasons', async () => {
    expect(await linesOf('closes')).toEqual([
      '/close/1000?reason=done: the end',
      '1000 [done]',
      '/close/1001: the end',
      '1001 []',
      '/close/1011?reason=fault: the connection ended with code 1011: fault',
      '1011 [fault]',
      '/close/4001?reason=over: the connection ended with code 4001: over',
      '4001 [over]',
      '4321 [enough]',
      'who received: the connection ended with code 3000',
    ]);
    expect(await endsOf('/echo/closes', 1)).toEqual([[4321, 'enough']]);
    expect(await endsOf('/pong/closes', 1)).toEqual([[1000, '']]);
    expect(await endsOf('/mute/closes', 1)).toEqual([[3000, '']]);
  });

  test('that vanishes is distinguished from one that closes', async () => {
    expect(await linesOf('vanishes')).toEqual([
      'last words',
      '1006: the connection ended without a close frame (1006)',
      'send: 1006',
    ]);
  });

  test('that cannot be made says why, and the loop goes on', async () => {
    const unreachable = (url: string): string =>
      `ConnectError: no WebSocket connection to ${new URL(url).host}: no server listens there, or it rejects the handshake ` +
      'or all subprotocols; browsers do not report which.';
    const goesOn = '; the loop goes on';
    expect(await linesOf('connecting')).toEqual([
      `refused: ${unreachable(server.url)}${goesOn}`,
      `nobody: ${unreachable(nobody)}${goesOn}`,
      `silent: TimeoutError: no WebSocket connection to ${server.url}/no-handshake within 0.1 s (ConnectOptions::open_timeout)${goesOn}`,
      `negative: ValueError: ConnectOptions::open_timeout is negative; std::nullopt means no limit${goesOn}`,
      `subprotocol: ${unreachable(server.url)}${goesOn}`,
      `no token: ValueError: the subprotocol "a b" is not valid: use letters, digits and hyphens${goesOn}`,
      expect.stringMatching(/^relative: InvalidUrl: invalid WebSocket URL "\/echo": it must be absolute.*; the loop goes on$/),
      expect.stringMatching(/^scheme: InvalidUrl: .* ws: or wss:, not ftp:.*; the loop goes on$/),
      expect.stringMatching(/^malformed: InvalidUrl: .*; the loop goes on$/),
      'subprotocol chat',
    ]);
  });

  test('keeps to its limits of size and number, and to UTF-8', async () => {
    expect(await linesOf('limits')).toEqual([
      'too large: 0 messages, the connection ended with code 1009: a message of 1048577 bytes is larger than max_size = 1048576; the loop goes on',
      'just right: 1048576',
      'too many: 10 messages, the connection ended with code 1008: more than max_queue = 10 messages are waiting: receive them faster, or let the server send fewer; the loop goes on',
      'invalid UTF-8: 0 messages, the connection ended without a close frame (1006); the loop goes on',
      'sent: a text message must be UTF-8; send_bytes() sends bytes of any kind',
      'code: a page can close a WebSocket with code 1000, or a private code from 3000 to 4999, not 1001',
    ]);
    expect(await endsOf('/large/1048577', 1)).toEqual([[4009, '']]);
  });

  test('detects with its heartbeat that the server is gone', async () => {
    expect(await linesOf('heartbeat')).toEqual([
      'answered: open',
      'silent: 0 messages, the connection ended with code 1011: the server did not answer a heartbeat within 0.1 s; the loop goes on',
    ]);
    expect(await endsOf('/mute/heartbeat', 1)).toEqual([[4011, '']]);
  });

  test('loses no message to a receiver that is cancelled', async () => {
    expect(await linesOf('cancels')).toEqual(['300 received, some before a cancel: true, in order: true']);
  });

  test('holds back a sender while the server does not read', async () => {
    const program = await page.start(cases, ['back-pressure', server.url, nobody]);
    await program.printed('held back');
    server.openSinks();
    expect(printedLines(await program.finished())).toEqual([
      'held back: true, with at most 1 messages waiting',
      'sent 64',
    ]);
    expect(server.sunk).toBe(64_000_000);
  });

  test('in the page’s own net behaves the same', async () => {
    expect(await linesOf('own net')).toEqual([
      'text',
      'true true',
      '3000 enough',
      'too large: 0 messages, the connection ended with code 1009: a message of 11 bytes is larger than max_size = 10; the loop goes on',
      expect.stringMatching(/^no such host: ConnectError: no WebSocket server at nobody\.test; the page's own network .*; the loop goes on$/),
      'line',
    ]);
  });

  test('carries a stream with its reader and writer', async () => {
    expect(await linesOf('streams')).toEqual([
      'first line',
      'second line',
      'true',
      '01234 true',
      'the connection ended with code 1011: fault',
    ]);
    expect(await endsOf('/echo/stream', 1)).toEqual([[1000, '']]);
  });
});
