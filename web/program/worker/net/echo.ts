import type { Host } from './host.js';
import { NetResponse } from './response.js';
import type { SocketHost } from './socket.js';

/** Answers with the request's own body. */
export const echo: Host = ({ body, headers }) =>
  new NetResponse(body, { headers: { 'content-type': headers.get('content-type') ?? 'text/plain; charset=utf-8' } });

/** Sends each message back. */
export const echoSocket: SocketHost = (data, client) => {
  client.send(data);
};
