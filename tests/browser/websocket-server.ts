import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** How a connection ended, as the server saw it. */
export interface Ended {
  path: string;
  code: number;
  reason: string;
}

/** A WebSocket server with the unusual behaviour that a client must handle; the path selects what it does. */
export class SocketServer {
  readonly url: string;
  readonly ended: Ended[] = [];
  /** The number of bytes received by /sink. */
  sunk = 0;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('chat') ? 'chat' : false),
  });
  readonly #sinks: WebSocket[] = [];
  readonly #unanswered: Duplex[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = new URL(request.url ?? '/', this.url);
      if (url.pathname === '/refuse') {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      } else if (url.pathname === '/no-handshake') {
        this.#unanswered.push(socket);
      } else {
        this.#sockets.handleUpgrade(request, socket, head, (client) => {
          this.#serve(client, url);
        });
      }
    });
  }

  static async open(): Promise<SocketServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SocketServer(server);
  }

  /** From now on reads what clients of /sink send. */
  openSinks(): void {
    for (const sink of this.#sinks) sink.resume();
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    for (const socket of this.#unanswered) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(client: WebSocket, url: URL): void {
    const [, name = '', argument = ''] = url.pathname.split('/');
    client.on('close', (code, reason) => this.ended.push({ path: url.pathname, code, reason: reason.toString() }));
    client.on('error', () => undefined);
    switch (name) {
      case 'echo':
        client.on('message', (data: Buffer, isBinary) => {
          client.send(data, { binary: isBinary });
        });
        return;
      case 'count':
        for (let number = 0; number < Number(argument); number += 1) client.send(String(number));
        client.close(1000, 'counted');
        return;
      case 'close':
        client.close(Number(argument), url.searchParams.get('reason') ?? '');
        return;
      case 'vanish':
        client.send('last words', () => {
          client.terminate();
        });
        return;
      case 'large':
        client.send('x'.repeat(Number(argument)));
        return;
      case 'invalid-utf8':
        client.send(Buffer.from([0x61, 0xff]), { binary: false });
        return;
      case 'pong':
        client.on('message', () => {
          client.send('pong');
        });
        return;
      case 'mute':
        return;
      case 'sink':
        client.pause();
        this.#sinks.push(client);
        client.on('message', (data: Buffer) => {
          this.sunk += data.length;
        });
        return;
      default:
        client.close(4404, 'no such path');
    }
  }
}
