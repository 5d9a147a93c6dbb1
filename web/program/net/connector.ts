import { browserSocket } from '../io/browser-socket.js';
import type { Connect } from '../io/websocket.js';
import { Net } from './net.js';
import { connectInNet } from './sockets.js';

/** WebSockets for a program: `.test` is answered inside the page, all else goes to the network. */
export const connector: Connect = (url, subprotocols, events) =>
  (Net.serves(url) ? connectInNet : browserSocket)(url, subprotocols, events);
