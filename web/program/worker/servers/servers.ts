import type { ProgramOptions } from '../../../protocol/program.js';
import { boundedNews, boundedPart, type ServerNews, type ServerRequest } from '../../../protocol/servers.js';
import type { MainModule } from '../main-module.js';
import type { Send } from '../watcher.js';
import { HttpAnswer } from './http-answer.js';
import { requestBytes } from './request-bytes.js';

/** The page sends one at a time; the connections of earlier ones are closed. */
const MOST_OPEN = 8;

/** How a connection is, as runtime/src/browser/page_requests.cpp numbers it. */
const connection = { open: 0, ended: 1, broken: 2, refused: 3 };

/** What of a program the servers need. */
export interface ServersModule {
  readonly exports: Pick<
    MainModule['exports'],
    | 'asyncio_host_show_servers'
    | 'asyncio_host_watch_requests'
    | 'asyncio_host_server_news'
    | 'asyncio_host_send_request'
    | 'asyncio_host_take_answer'
    | 'asyncio_host_cancel_request'
    | 'malloc'
    | 'free'
  >;
  readonly memory: WebAssembly.Memory;
  bytes(): Uint8Array;
  readString(pointer: number): string;
}

/** Tells the page of the program's web servers, and carries its requests to them. */
export class Servers {
  readonly #answers = new Map<number, HttpAnswer>();
  #main: ServersModule | undefined;
  #send: Send = () => undefined;

  /** Call before the program starts. Without `how` its servers are of no interest. */
  connect(main: ServersModule, send: Send, how: ProgramOptions['servers']): void {
    if (how === undefined) return;
    this.#main = main;
    this.#send = send;
    main.exports.asyncio_host_show_servers();
    if (how === 'watched') main.exports.asyncio_host_watch_requests(1);
  }

  hear(message: ServerRequest): void {
    const main = this.#main;
    if (main === undefined) return;
    switch (message.type) {
      case 'watch-requests':
        main.exports.asyncio_host_watch_requests(message.on ? 1 : 0);
        break;
      case 'send-request':
        this.#request(main, message);
        break;
      case 'cancel-request':
        this.#close(main, message.id);
        break;
    }
  }

  /** Sends what has happened since the last call. Call whenever the program waits, and at its end. */
  flush(): void {
    const main = this.#main;
    if (main === undefined) return;
    for (const [id, answer] of this.#answers) this.#receive(main, id, answer);
    const json = main.exports.asyncio_host_server_news();
    if (json === 0) return;
    const news = JSON.parse(main.readString(json)) as Omit<ServerNews, 'type'>;
    this.#send(boundedNews({ type: 'server-news', ...news }));
  }

  /** A program that crashed may have destroyed what it would tell; its crash is told elsewhere. */
  flushAtEnd(): void {
    try {
      this.flush();
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.Exception || error instanceof SyntaxError)) throw error;
    }
  }

  #request(main: ServersModule, request: Extract<ServerRequest, { type: 'send-request' }>): void {
    const { id, port, method } = request;
    const oldest = this.#answers.keys().next().value;
    if (this.#answers.size >= MOST_OPEN && oldest !== undefined) this.#close(main, oldest);
    const answer = new HttpAnswer(method, (part) => {
      const bounded = boundedPart(part);
      this.#send({ type: 'answer', id, part: bounded }, bounded.kind === 'body' ? [bounded.bytes] : []);
    });
    this.#answers.set(id, answer);
    const bytes = requestBytes(request);
    const pointer = main.exports.malloc(bytes.length);
    main.bytes().set(bytes, pointer);
    main.exports.asyncio_host_send_request(id, port, pointer, bytes.length);
    main.exports.free(pointer);
  }

  #receive(main: ServersModule, id: number, answer: HttpAnswer): void {
    const taken = main.exports.asyncio_host_take_answer(id);
    const [data = 0, size = 0, state] = new Uint32Array(main.memory.buffer.slice(taken, taken + 12));
    // A copy, because the program's memory changes.
    if (size > 0) answer.feed(main.bytes().slice(data, data + size));
    if (state === connection.refused) answer.refused();
    else if (state !== connection.open) answer.ended(state === connection.ended);
    if (answer.over) this.#close(main, id);
  }

  #close(main: ServersModule, id: number): void {
    if (this.#answers.delete(id)) main.exports.asyncio_host_cancel_request(id);
  }
}
