import type { DatabaseCode, DatabaseReply, DatabaseRequest } from '../../../protocol/database.js';
import type { InFlight } from '../in-flight.js';
import type { SocketEvents, Wire } from './websocket.js';

/** The host of the page's PostgreSQL. */
export const DATABASE_HOST = 'postgres.test';

/** The part of a Worker that is used. */
export interface DatabaseWorker {
  post(request: DatabaseRequest, transfer: Transferable[]): void;
}

/** `onFailed`: the worker's script failed. */
export type StartWorker = (script: string, onReply: (reply: DatabaseReply) => void, onFailed: (message: string) => void) => DatabaseWorker;

interface Connection {
  events: SocketEvents;
  open: boolean;
  /** The server owes an answer, which takes real time. */
  waits: boolean;
}

/** Connections of the program to PostgreSQL in a worker, which the page provides when the first one is made. */
export class Database {
  readonly #inFlight: InFlight;
  readonly #startWorker: StartWorker;
  readonly #connections = new Map<number, Connection>();
  #ask: () => void = () => undefined;
  #phase: 'none' | 'asked' | 'starting' | 'ready' = 'none';
  #worker: DatabaseWorker | undefined;
  #lastId = 0;

  constructor(inFlight: InFlight, startWorker: StartWorker = startDatabaseWorker) {
    this.#inFlight = inFlight;
    this.#startWorker = startWorker;
  }

  /** `ask` asks the page for the code, which comes to start() or fail(). */
  attach(ask: () => void): void {
    this.#ask = ask;
  }

  start({ script, module, initdb, data }: DatabaseCode): void {
    if (this.#phase !== 'asked') return;
    this.#phase = 'starting';
    this.#worker = this.#startWorker(
      script,
      (reply) => {
        this.#hear(reply);
      },
      (message) => {
        this.fail(message);
      },
    );
    this.#worker.post({ type: 'start', module, initdb, data }, [module, initdb, data]);
  }

  /** There is no database; the next connection asks again. */
  fail(message: string): void {
    this.#phase = 'none';
    this.#worker = undefined;
    for (const [id, { events, open }] of [...this.#connections]) {
      this.#forget(id);
      if (open) events.closed(1011, message);
      else events.failed(message);
    }
  }

  connect(events: SocketEvents): Wire {
    const id = ++this.#lastId;
    const connection: Connection = { events, open: false, waits: false };
    this.#connections.set(id, connection);
    this.#setWaits(connection, true);
    if (this.#phase === 'ready') {
      queueMicrotask(() => {
        this.#open(id, connection);
      });
    } else if (this.#phase === 'none') {
      this.#phase = 'asked';
      this.#ask();
    }
    return {
      buffered: 0,
      send: (data) => {
        const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
        if (!connection.open) return;
        this.#setWaits(connection, true);
        this.#worker?.post({ type: 'data', id, bytes }, [bytes.buffer]);
      },
      close: (code, reason) => {
        if (!this.#forget(id)) return;
        this.#worker?.post({ type: 'close', id }, []);
        queueMicrotask(() => {
          if (connection.open) events.closed(code, reason);
          else events.failed('the connection was closed before it was open');
        });
      },
    };
  }

  #hear(reply: DatabaseReply): void {
    switch (reply.type) {
      case 'ready':
        this.#phase = 'ready';
        for (const [id, connection] of this.#connections) this.#open(id, connection);
        break;
      case 'failed':
        this.fail(reply.message);
        break;
      case 'data': {
        const connection = this.#connections.get(reply.id);
        if (connection === undefined) break;
        this.#setWaits(connection, false);
        connection.events.message(reply.bytes);
        break;
      }
      case 'closed': {
        const connection = this.#connections.get(reply.id);
        if (this.#forget(reply.id)) connection?.events.closed(1000, '');
        break;
      }
    }
  }

  #open(id: number, connection: Connection): void {
    if (connection.open || !this.#connections.has(id)) return;
    connection.open = true;
    this.#setWaits(connection, false);
    this.#worker?.post({ type: 'open', id }, []);
    connection.events.opened('');
  }

  #forget(id: number): boolean {
    const connection = this.#connections.get(id);
    if (connection === undefined) return false;
    this.#setWaits(connection, false);
    return this.#connections.delete(id);
  }

  #setWaits(connection: Connection, waits: boolean): void {
    if (connection.waits === waits) return;
    connection.waits = waits;
    this.#inFlight.real += waits ? 1 : -1;
  }
}

function startDatabaseWorker(script: string, onReply: (reply: DatabaseReply) => void, onFailed: (message: string) => void): DatabaseWorker {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onmessage = ({ data }: MessageEvent<DatabaseReply>) => {
    onReply(data);
  };
  worker.onerror = ({ message }) => {
    onFailed(`the page's database has ended: ${message}`);
  };
  return {
    post(request, transfer) {
      worker.postMessage(request, transfer);
    },
  };
}
