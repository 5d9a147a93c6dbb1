import { ioError } from './errors.js';

/** As runtime/src/browser/websocket_connection.cpp makes it. */
export interface SocketRequest {
  url: string;
  subprotocols: string[];
  /** Bytes in a message. */
  maxSize: number;
  /** Messages that wait for the program. */
  maxQueue: number;
}

/** What a connection tells of itself; after `failed` or `closed` nothing more. */
export interface SocketEvents {
  opened(subprotocol: string): void;
  /** There is no connection. */
  failed(message: string): void;
  message(data: string | Uint8Array): void;
  closed(code: number, reason: string): void;
}

/** A connection as the browser, or the page's own net, has it. */
export interface Wire {
  /** Bytes that wait to be sent. */
  readonly buffered: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code: number, reason: string): void;
}

/** Connects: the page's own net for some hosts, the network for the rest. */
export type Connect = (url: URL, subprotocols: string[], events: SocketEvents) => Wire;

/** WebSockets of the program. */
export class WebSockets {
  readonly #connect: Connect;

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  open(request: SocketRequest): Socket {
    return new Socket(this.#connect, request);
  }
}

/** A promise that its owner settles. */
class Settled<T> {
  resolve!: (value: T) => void;
  reject!: (error: unknown) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** A browser tells nobody when what waits has been sent, so one has to look. */
const LOOK_MS = 5;

/** One connection; its messages wait here until they are asked for. */
export class Socket {
  /** How it ended; undefined before. */
  end: { code: number; reason: string } | undefined;
  /** Messages that have come, asked for or not. */
  arrived = 0;
  readonly #request: SocketRequest;
  readonly #wire: Wire | undefined;
  readonly #opening = new Settled<string>();
  readonly #closing = new Settled<undefined>();
  readonly #messages: (string | Uint8Array)[] = [];
  #taken = 0;
  #receiver: ((message: string | Uint8Array | null) => void) | undefined;

  constructor(connect: Connect, request: SocketRequest) {
    this.#request = request;
    // Whoever asks hears of it.
    this.#opening.promise.catch(() => undefined);
    try {
      this.#wire = connect(parse(request.url), request.subprotocols, {
        opened: (subprotocol) => {
          this.#opening.resolve(subprotocol);
        },
        failed: (message) => {
          this.#fail(ioError('ConnectError', message));
        },
        message: (data) => {
          this.#take(data);
        },
        closed: (code, reason) => {
          this.#finish(code, reason);
        },
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  get buffered(): number {
    return this.#wire?.buffered ?? 0;
  }

  /** Gives the subprotocol. */
  opened(): Promise<string> {
    return this.#opening.promise;
  }

  closed(): Promise<undefined> {
    return this.#closing.promise;
  }

  /** The next message; null once the connection has ended and all were given. */
  receive(): Promise<string | Uint8Array | null> {
    const message = this.#messages[this.#taken];
    if (message === undefined) {
      if (this.end !== undefined) return Promise.resolve(null);
      return new Promise((resolve) => {
        this.#receiver = resolve;
      });
    }
    this.#taken += 1;
    if (this.#taken * 2 > this.#messages.length) {
      this.#messages.splice(0, this.#taken);
      this.#taken = 0;
    }
    return Promise.resolve(message);
  }

  /** Bytes are a view of the program's memory, good until this returns. */
  send(data: string | Uint8Array): void {
    this.#wire?.send(typeof data === 'string' ? data : data.slice());
  }

  /** Resolves when at most so many bytes wait to be sent, or the connection has ended. */
  async drained(most: number): Promise<void> {
    while (this.end === undefined && this.buffered > most) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  close(code: number, reason: string): void {
    if (this.end === undefined) this.#wire?.close(code, reason);
  }

  /** Ends the connection for a reason of this end's own. A page may send no code below 3000 but 1000. */
  fail(code: number, reason: string): void {
    if (this.end !== undefined) return;
    this.#wire?.close(code + 3000, '');
    this.#finish(code, reason);
  }

  #take(data: string | Uint8Array): void {
    if (this.end !== undefined) return;
    this.arrived += 1;
    const { maxSize, maxQueue } = this.#request;
    const size = sizeOf(data);
    if (size > maxSize) {
      this.fail(1009, `a message of ${size} bytes came, and max_size is ${maxSize}`);
    } else if (this.#receiver !== undefined) {
      const receiver = this.#receiver;
      this.#receiver = undefined;
      receiver(data);
    } else if (this.#messages.length - this.#taken >= maxQueue) {
      this.fail(1008, `more than max_queue = ${maxQueue} messages wait: receive them faster, or have the server send fewer`);
    } else {
      this.#messages.push(data);
    }
  }

  #finish(code: number, reason: string): void {
    if (this.end !== undefined) return;
    this.end = { code, reason };
    this.#closing.resolve(undefined);
    this.#receiver?.(null);
    this.#receiver = undefined;
  }

  #fail(error: unknown): void {
    this.#opening.reject(error);
    this.#finish(1006, '');
  }
}

function sizeOf(data: string | Uint8Array): number {
  return typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
}

function parse(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw ioError('InvalidUrl', 'it must be absolute, as wss://example.org/path is');
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    throw ioError('InvalidUrl', `a WebSocket is reached by ws: or wss:, not by ${parsed.protocol}`);
  }
  if (parsed.hash !== '') throw ioError('InvalidUrl', 'a WebSocket has no fragment (#)');
  return parsed;
}
