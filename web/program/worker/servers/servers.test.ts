import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ProgramMessage } from '../../../protocol/program.js';
import { Servers, type ServersModule } from './servers.js';

const connection = { open: 0, ended: 1, broken: 2, refused: 3 };

/** A program's memory and functions, with one answer and one piece of news to take. */
class FakeModule implements ServersModule {
  readonly memory = new WebAssembly.Memory({ initial: 1 });
  readonly calls: string[] = [];
  received = '';
  news = '';
  answer = '';
  state = connection.open;
  failing = false;
  readonly exports = {
    malloc: () => 1_000,
    free: () => undefined,
    asyncio_host_show_servers: () => void this.calls.push('show'),
    asyncio_host_watch_requests: (on: number) => void this.calls.push(`watch ${on}`),
    asyncio_host_server_news: () => {
      if (this.failing) throw new WebAssembly.RuntimeError('unreachable');
      return this.news === '' ? 0 : this.#write(2_000, `${this.news}\0`);
    },
    asyncio_host_send_request: (id: number, port: number, bytes: number, size: number) => {
      this.calls.push(`send ${id} to ${port}`);
      this.received = new TextDecoder().decode(this.bytes().slice(bytes, bytes + size));
    },
    asyncio_host_take_answer: () => {
      const size = new TextEncoder().encode(this.answer).length;
      new Uint32Array(this.memory.buffer).set([this.#write(8_000, this.answer), size, this.state], 10);
      this.answer = '';
      return 40;
    },
    asyncio_host_cancel_request: (id: number) => void this.calls.push(`close ${id}`),
  };

  bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer);
  }

  readString(pointer: number): string {
    const bytes = this.bytes();
    return new TextDecoder().decode(bytes.slice(pointer, bytes.indexOf(0, pointer)));
  }

  #write(at: number, text: string): number {
    this.bytes().set(new TextEncoder().encode(text), at);
    return at;
  }
}

let main: FakeModule;
let servers: Servers;
let sent: ProgramMessage[];

beforeEach(() => {
  main = new FakeModule();
  servers = new Servers();
  sent = [];
});

const connect = (how?: 'reachable' | 'watched'): void => servers.connect(main, (message) => sent.push(message), how);
const request = (id: number): void => servers.hear({ type: 'send-request', id, port: 8080, method: 'GET', target: '/', headers: [], body: '' });
const kinds = (): string[] => sent.map((message) => (message.type === 'answer' ? message.part.kind : message.type));

test('a program whose servers are of no interest is left alone', () => {
  connect();
  servers.flush();
  request(1);
  expect(main.calls).toEqual([]);
});

test('requests are recorded from the beginning, or from when they are watched', () => {
  connect('watched');
  servers.hear({ type: 'watch-requests', on: false });
  expect(main.calls).toEqual(['show', 'watch 1', 'watch 0']);
});

test('news are sent when there are some, within their limits', () => {
  connect('reachable');
  servers.flush();
  expect(sent).toEqual([]);
  const listed = { number: 1, url: 'u', port: 8080, listening: true, routes: [], routesLeftOut: 0 };
  main.news = JSON.stringify({ requests: [], servers: Array(30).fill(listed) });
  servers.flush();
  expect(sent).toMatchObject([{ type: 'server-news', servers: { length: 20 } }]);
});

describe('a request', () => {
  beforeEach(() => {
    connect('reachable');
    request(7);
  });

  test('goes to the program, and its answer comes back as it arrives', () => {
    expect(main.received).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    servers.flush();
    expect(sent).toEqual([]);
    main.answer = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel';
    servers.flush();
    main.answer = 'lo';
    servers.flush();
    servers.flush();
    expect(kinds()).toEqual(['head', 'body', 'body', 'end']);
    expect(main.calls).toEqual(['show', 'send 7 to 8080', 'close 7']);
  });

  test('to a port where nothing listens is refused', () => {
    main.state = connection.refused;
    servers.flush();
    expect(sent).toEqual([{ type: 'answer', id: 7, part: { kind: 'failed', why: 'refused' } }]);
  });

  test('whose connection is reset is broken, after what had arrived', () => {
    main.answer = 'HTTP/1.1 200 OK\r\n\r\nhello';
    main.state = connection.broken;
    servers.flush();
    expect(kinds()).toEqual(['head', 'body', 'failed']);
  });

  test('that is cancelled is closed once, and nothing more is told of it', () => {
    servers.hear({ type: 'cancel-request', id: 7 });
    servers.hear({ type: 'cancel-request', id: 7 });
    main.answer = 'HTTP/1.1 200 OK\r\n\r\n';
    servers.flush();
    expect([main.calls, sent]).toEqual([['show', 'send 7 to 8080', 'close 7'], []]);
  });

  test('gives way to newer ones when there are too many', () => {
    for (let id = 8; id < 16; id += 1) request(id);
    expect(main.calls.filter((call) => call.startsWith('close'))).toEqual(['close 7']);
  });
});

test('a program that has crashed may have no news any more', () => {
  connect('reachable');
  main.failing = true;
  expect(() => servers.flush()).toThrow();
  expect(() => servers.flushAtEnd()).not.toThrow();
});
