import type { InFlight } from '../in-flight.js';
import { DATABASE_HOST, type Database } from '../io/database.js';
import { browserSocket } from '../io/browser-socket.js';
import type { Connect, SocketEvents } from '../io/websocket.js';
import { Net } from './net.js';
import { connectInNet } from './sockets.js';

/**
 * WebSockets for a program: `.test` is answered inside the page, the bytes to the database by PostgreSQL; everything else
 * uses the network.
 */
export function connector(inFlight: InFlight, database: Database): Connect {
  return (url, subprotocols, events) => {
    if (url.hostname === DATABASE_HOST) return database.connect(events);
    return Net.serves(url)
      ? connectInNet(url, subprotocols, events)
      : browserSocket(url, subprotocols, inFlightUntilEnd(events, inFlight));
  };
}

/** A server's message may arrive at any time. */
function inFlightUntilEnd(events: SocketEvents, inFlight: InFlight): SocketEvents {
  inFlight.real += 1;
  return {
    ...events,
    failed(message) {
      inFlight.real -= 1;
      events.failed(message);
    },
    closed(code, reason) {
      inFlight.real -= 1;
      events.closed(code, reason);
    },
  };
}
