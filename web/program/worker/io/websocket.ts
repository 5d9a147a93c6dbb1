import { ioError } from './errors.js';

/** Created by runtime/src/browser/websocket_connection.cpp. */
export interface SocketRequest {
  url: string;
  subprotocols: string[];
  /** Maximum bytes of a message. */
  maxSize: number;
  /** Maximum number of messages queued for the program. */
  maxQueue: number;
}

/** The events of a connection; none follow `failed` or `closed`. */
export interface SocketEvents {
  opened(subprotocol: string): void;
  /** The connection could not be established. */
  failed(message: string): void;
  message(data: string | Uint8Array): void;
  closed(code: number, reason: string): void;
}

/** A connection of the browser or of the page's own net. */
export interface Wire {
  /** Bytes not sent yet. */
  readonly buffered: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code: number, reason: string): void;
}

/** Connects: the page's own net for some hosts, the real network for the rest. */
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

/** Polling interval: browsers have no event for when buffered data has been sent. */
const LOOK_MS = 5;

/** One connection; its messages are queued here until requested. */
export class Socket {
  /** How it ended; undefined before. */
  end: { code: number; reason: string } | undefined;
  /** Messages received, requested or not. */
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
    // The caller of opened() gets the error.
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

  /** Returns the subprotocol. */
  opened(): Promise<string> {
    return this.#opening.promise;
  }

  closed(): Promise<undefined> {
    return this.#closing.promise;
  }

  /** The next message; null once the connection has ended and all were delivered. */
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

  /** Bytes are a view of the program's memory, valid until this returns. */
  send(data: string | Uint8Array): void {
    this.#wire?.send(typeof data === 'string' ? data : data.slice());
  }

  /** Resolves when at most `most` bytes are unsent, or the connection has ended. */
  async drained(most: number): Promise<void> {
    while (this.end === undefined && this.buffered > most) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  close(code: number, reason: string): void {
    if (this.end === undefined) this.#wire?.close(code, reason);
  }

  /** Closes the connection with a local reason. A page may send no code below 3000 except 1000. */
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
      this.fail(1009, `a message of ${size} bytes is larger than max_size = ${maxSize}`);
    } else if (this.#receiver !== undefined) {
      const receiver = this.#receiver;
      this.#receiver = undefined;
      receiver(data);
    } else if (this.#messages.length - this.#taken >= maxQueue) {
      this.fail(1008, `more than max_queue = ${maxQueue} messages are waiting: receive them faster, or let the server send fewer`);
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
    throw ioError('InvalidUrl', 'it must be absolute, such as wss://example.org/path');
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    throw ioError('InvalidUrl', `a WebSocket URL starts with ws: or wss:, not ${parsed.protocol}`);
  }
  if (parsed.hash !== '') throw ioError('InvalidUrl', 'a WebSocket URL cannot have a fragment (#)');
  return parsed;
}
