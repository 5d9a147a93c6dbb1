import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificate.js';

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** A TLS server of one version of HTTP that receives request bodies. */
export class TlsServer {
  readonly url: string;
  /** Requests whose bodies the client aborted. */
  aborted = 0;
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  #tellRelayed: (piece: string) => void = () => undefined;
  /** The first piece of a body sent to /relay. */
  readonly #relayed = new Promise<string>((resolve) => {
    this.#tellRelayed = resolve;
  });
  #openTap: () => void = () => undefined;
  readonly #tap = new Promise<void>((resolve) => {
    this.#openTap = resolve;
  });

  private constructor(server: Server) {
    this.#server = server;
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('secureConnection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    server.on('request', (request: Request, response: Response) => {
      request.on('aborted', () => (this.aborted += 1));
      // Some tests abort a request on purpose.
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async open(version: 1 | 2, { key, cert }: Certificate): Promise<TlsServer> {
    const server = version === 2 ? createSecureServer({ key, cert }) : createServer({ key, cert });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TlsServer(server);
  }

  /** From now on reads what clients of /tap send. */
  openTap(): void {
    this.#openTap();
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: Request, response: Response): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    // Credentials need an explicit allowed origin, and the origin of a sandboxed frame is null.
    response.setHeader('access-control-allow-origin', 'null');
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-methods', 'POST, PUT');
    response.setHeader('access-control-allow-headers', 'content-type, x-mine');
    if (request.method === 'OPTIONS') {
      response.writeHead(204);
      response.end();
      return;
    }
    switch (pathname) {
      case '/collect': {
        const pieces = (await (request as IncomingMessage).toArray()) as Buffer[];
        const body = Buffer.concat(pieces).toString();
        const length = request.headers['content-length'] ?? 'unknown';
        response.end(`HTTP/${request.httpVersion}, length ${length}: ${body}`.trimEnd());
        return;
      }
      case '/relay': {
        let body = '';
        for await (const piece of request as AsyncIterable<Buffer>) {
          body += piece.toString();
          this.#tellRelayed(body);
        }
        response.end(body);
        return;
      }
      case '/relayed':
        response.end(await this.#relayed);
        return;
      case '/tap': {
        await this.#tap;
        let bytes = 0;
        for await (const piece of request as AsyncIterable<Buffer>) bytes += piece.length;
        response.end(String(bytes));
        return;
      }
      case '/enough':
        response.writeHead(413);
        response.end('enough');
        return;
      case '/vanish':
        await once(request, 'data');
        response.destroy();
        return;
      case '/redirect':
        await once(request, 'data');
        response.writeHead(307, { location: '/collect' });
        response.end();
        return;
      case '/set-cookie':
        // For another site, browsers partition cookies by page, or do not keep them at all.
        response.setHeader('set-cookie', 'taste=sweet; Secure; SameSite=None; Partitioned');
        response.end('baked');
        return;
      case '/cookies':
        response.end(request.headers.cookie ?? 'none');
        return;
      default:
        response.writeHead(404);
        response.end();
    }
  }
}
