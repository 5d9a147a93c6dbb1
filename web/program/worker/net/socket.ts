import type { SocketEvents, Wire } from '../io/websocket.js';

/** The server's end of a connection. */
export interface Peer {
  send(data: string | Uint8Array): void;
}

/** A WebSocket server of the page's own net: handles each message of a client. */
export type SocketHost = (data: string | Uint8Array, client: Peer) => void;

const CLOSED = 'closed';

/** A connection to a host of the page's own net. Each message arrives in its own turn, in order. */
export class NetSocket implements Wire {
  readonly buffered = 0;
  #phase: 'opening' | 'open' | 'closing' | typeof CLOSED = 'opening';
  readonly #host: SocketHost;
  readonly #events: SocketEvents;

  constructor(host: SocketHost, events: SocketEvents) {
    this.#host = host;
    this.#events = events;
    queueMicrotask(() => {
      if (this.#phase !== 'opening') return;
      this.#phase = 'open';
      events.opened('');
    });
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#phase !== 'open') return;
    queueMicrotask(() => {
      this.#host(data, { send: (answer) => { this.#receive(answer); } });
    });
  }

  close(code: number, reason: string): void {
    if (this.#phase === 'closing' || this.#phase === CLOSED) return;
    const wasOpen = this.#phase === 'open';
    this.#phase = 'closing';
    // A round trip, like the answers to earlier messages.
    queueMicrotask(() => {
      queueMicrotask(() => {
        this.#phase = CLOSED;
        if (wasOpen) this.#events.closed(code, reason);
        else this.#events.failed('the connection was closed before it was open');
      });
    });
  }

  #receive(data: string | Uint8Array): void {
    queueMicrotask(() => {
      if (this.#phase !== CLOSED) this.#events.message(data);
    });
  }
}
