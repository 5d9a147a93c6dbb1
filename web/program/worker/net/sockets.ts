import { ioError } from '../io/errors.js';
import type { Connect } from '../io/websocket.js';
import { echoSocket } from './echo.js';
import { NetSocket, type SocketHost } from './socket.js';

const HOSTS: Record<string, SocketHost> = { 'echo.test': echoSocket };

/** Connects to a WebSocket server of the page's own net. These support no subprotocols. */
export const connectInNet: Connect = (url, subprotocols, events) => {
  const host = HOSTS[url.hostname];
  if (host === undefined) {
    const names = Object.keys(HOSTS).join(', ');
    throw ioError('ConnectError', `no WebSocket server at ${url.hostname}; the page's own network has one at ${names}`);
  }
  if (subprotocols.length > 0) {
    throw ioError('ConnectError', `${url.hostname} supports none of the subprotocols ${subprotocols.join(', ')}`);
  }
  return new NetSocket(host, events);
};
