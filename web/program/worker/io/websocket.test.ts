import { describe, expect, test } from '@jest/globals';
import { connectInNet } from '../net/sockets.js';
import { WebSockets, type Socket, type SocketEvents, type SocketRequest, type Wire } from './websocket.js';

const request = (more: Partial<SocketRequest> = {}): SocketRequest => ({
  url: 'wss://a.example/',
  subprotocols: [],
  maxSize: 100,
  maxQueue: 3,
  ...more,
});

/** A connection that the test speaks for. */
class TestWire implements Wire {
  buffered = 0;
  readonly sent: (string | Uint8Array)[] = [];
  readonly closes: [number, string][] = [];
  events: SocketEvents | undefined;

  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }
  close(code: number, reason: string): void {
    this.closes.push([code, reason]);
  }
  open(more: Partial<SocketRequest> = {}): Socket {
    const sockets = new WebSockets((_url, _subprotocols, events) => {
      this.events = events;
      return this;
    });
    return sockets.open(request(more));
  }
}

describe('a WebSocket', () => {
  test('gives messages in order, those that wait and those that are waited for', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    wire.events?.opened('chat');
    expect(await socket.opened()).toBe('chat');
    wire.events?.message('one');
    wire.events?.message('');
    expect([await socket.receive(), await socket.receive()]).toEqual(['one', '']);
    const third = socket.receive();
    wire.events?.message(new Uint8Array([3]));
    expect(await third).toEqual(new Uint8Array([3]));
  });

  test('gives what waits after the end, then null', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    wire.events?.message('last');
    wire.events?.closed(4000, 'bye');
    await socket.closed();
    expect(socket.end).toEqual({ code: 4000, reason: 'bye' });
    expect([await socket.receive(), await socket.receive()]).toEqual(['last', null]);
  });

  test('ends who receives with the connection', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    const receiving = socket.receive();
    wire.events?.closed(1006, '');
    expect(await receiving).toBeNull();
  });

  test('refuses a message that is too large, counted in bytes', async () => {
    const wire = new TestWire();
    const socket = wire.open({ maxSize: 5 });
    wire.events?.message('äö');
    wire.events?.message('äöü');
    expect(await socket.receive()).toBe('äö');
    expect(await socket.receive()).toBeNull();
    expect(socket.end?.code).toBe(1009);
    expect(wire.closes).toEqual([[4009, '']]);
  });

  test('refuses more messages than may wait', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    for (const message of ['1', '2', '3', '4']) wire.events?.message(message);
    expect(socket.end?.code).toBe(1008);
    expect(wire.closes).toEqual([[4008, '']]);
    expect([await socket.receive(), await socket.receive(), await socket.receive()]).toEqual(['1', '2', '3']);
  });

  test('ended by this end tells the server in a code of its own, and counts what had come', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    wire.events?.message('one');
    expect(socket.arrived).toBe(1);
    socket.fail(1011, 'silent');
    socket.fail(1011, 'again');
    expect(socket.end).toEqual({ code: 1011, reason: 'silent' });
    expect(wire.closes).toEqual([[4011, '']]);
    expect([await socket.receive(), await socket.receive()]).toEqual(['one', null]);
  });

  test('is drained when little enough waits to be sent', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    wire.buffered = 10;
    const draining = socket.drained(4).then(() => wire.buffered);
    wire.buffered = 4;
    expect(await draining).toBe(4);
  });

  test('takes its bytes before the program’s memory can change', () => {
    const wire = new TestWire();
    const memory = new Uint8Array([1, 2]);
    wire.open().send(memory);
    memory.fill(0);
    expect(wire.sent).toEqual([new Uint8Array([1, 2])]);
  });

  test('says that there is no connection', async () => {
    const wire = new TestWire();
    const socket = wire.open();
    wire.events?.failed('no server listens there');
    await expect(socket.opened()).rejects.toMatchObject({ name: 'ConnectError', message: 'no server listens there' });
    expect(await socket.receive()).toBeNull();
  });

  test.each([
    ['nonsense', 'it must be absolute'],
    ['https://a.example/', 'ws: or wss:, not https:'],
    ['wss://a.example/#part', 'cannot have a fragment'],
  ])('to %s is refused with a sentence', async (url, sentence) => {
    const socket = new TestWire().open({ url });
    await expect(socket.opened()).rejects.toMatchObject({ name: 'InvalidUrl' });
    await expect(socket.opened()).rejects.toThrow(sentence);
  });
});

describe('the page’s own net', () => {
  const open = (more: Partial<SocketRequest>): Socket => new WebSockets(connectInNet).open(request(more));

  test('echoes texts and bytes at echo.test, then closes as asked', async () => {
    const socket = open({ url: 'wss://echo.test/' });
    await socket.opened();
    socket.send('text');
    socket.send(new Uint8Array([7]));
    socket.close(3000, 'enough');
    expect([await socket.receive(), await socket.receive(), await socket.receive()]).toEqual([
      'text',
      new Uint8Array([7]),
      null,
    ]);
    expect(socket.end).toEqual({ code: 3000, reason: 'enough' });
  });

  test('has no WebSocket elsewhere, and knows no subprotocols', async () => {
    await expect(open({ url: 'wss://api.test/' }).opened()).rejects.toThrow('no WebSocket server at api.test');
    await expect(open({ url: 'ws://echo.test/', subprotocols: ['chat'] }).opened()).rejects.toThrow('chat');
  });

  test('closed before it is open never opens', async () => {
    const socket = open({ url: 'wss://echo.test/' });
    socket.close(1000, '');
    await expect(socket.opened()).rejects.toMatchObject({ name: 'ConnectError' });
  });
});
