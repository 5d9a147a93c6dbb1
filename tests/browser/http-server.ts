import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const LARGE = 200 * 1024 * 1024;

/** A server that other origins may read from, with the unusual behaviour that a client must handle. */
export class HttpServer {
  readonly url: string;
  /** The times when requests to /slow arrived and when the client closed their connections, in milliseconds. */
  readonly slow: { came: number; gone?: number }[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async open(): Promise<HttpServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HttpServer(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const [, name = '', argument = ''] = url.pathname.split('/');
    if (name !== 'no-cors') {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-allow-methods', '*');
      response.setHeader('access-control-allow-headers', '*');
    }
    // The browser's preflight request, not the program's OPTIONS.
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      response.writeHead(204).end();
      return;
    }
    switch (name) {
      case 'echo': {
        const body = (await request.toArray()).join('');
        const { 'x-mine': mine = '', 'content-type': type = '' } = request.headers;
        response.end(JSON.stringify({ method: request.method, query: url.search, mine, type, body }));
        return;
      }
      case 'status':
        response.writeHead(Number(argument)).end();
        return;
      case 'redirect':
        response.writeHead(302, { location: Number(argument) > 1 ? `/redirect/${Number(argument) - 1}` : '/number/7' }).end();
        return;
      case 'number':
        response.end(argument);
        return;
      case 'chunked':
        for (const piece of ['first li', 'ne\nsec', 'ond line\n']) {
          response.write(piece);
          await new Promise(setImmediate);
        }
        response.end();
        return;
      case 'gzip':
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(10_000)));
        return;
      case 'invalid-utf8':
        response.end(Buffer.from([0x61, 0xff, 0x62]));
        return;
      case 'deep-json':
        response.end('['.repeat(1000) + ']'.repeat(1000));
        return;
      case 'cut':
        response.writeHead(200, { 'content-length': '1000' });
        response.write('not all of it', () => response.destroy());
        return;
      case 'no-cors':
        response.end('secret');
        return;
      case 'slow': {
        const seen: { came: number; gone?: number } = { came: performance.now() };
        this.slow.push(seen);
        response.on('close', () => (seen.gone = performance.now()));
        if (url.search === '?body') response.write('a beginning');
        return;
      }
      case 'large':
        await this.#large(response);
        return;
      default:
        response.writeHead(404).end();
    }
  }

  async #large(response: ServerResponse): Promise<void> {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < LARGE; sent += piece.length) {
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  }
}
