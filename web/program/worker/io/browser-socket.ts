import { ioError } from './errors.js';
import type { Connect } from './websocket.js';

/** The browser's own WebSocket. */
export const browserSocket: Connect = (url, subprotocols, events) => {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, subprotocols);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw ioError('ConnectError', `this page may not connect to ${url.host}: ${why}`);
  }
  socket.binaryType = 'arraybuffer';
  let open = false;
  socket.onopen = () => {
    open = true;
    events.opened(socket.protocol);
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    events.message(typeof data === 'string' ? data : new Uint8Array(data));
  };
  socket.onclose = ({ code, reason }) => {
    if (open) {
      events.closed(code, reason);
      return;
    }
    events.failed(
      `no WebSocket connection to ${url.host}: no server listens there, or it rejects the handshake ` +
        'or all subprotocols; browsers do not report which.',
    );
  };
  return {
    get buffered() {
      return socket.bufferedAmount;
    },
    send(data) {
      socket.send(data);
    },
    close(code, reason) {
      socket.close(code, reason);
    },
  };
};
