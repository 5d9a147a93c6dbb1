import { InFlight } from '../in-flight.js';
import { ioError } from './errors.js';
import { canStream, Upload } from './upload.js';

/** A request of the program. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  /** A view of the program's memory, valid until open() returns. */
  body?: Uint8Array;
  /** The body is sent by write(). */
  streamed: boolean;
  followRedirects: boolean;
  credentials: RequestCredentials;
}

/** One value for the whole head, since each crossing into C++ is costly. */
export interface HttpHead {
  /** Lines: the status, 1 if redirected, the reason, the URL, then name and value of each header. */
  text: string;
  /** The whole body, if it is already available. */
  body: Uint8Array | null;
}

/** An outgoing request. */
export interface Asked {
  url: URL;
  signal: AbortSignal;
  /** Undefined when there is only a URL: creating a browser Request is slow. */
  request: Request | undefined;
}

/** The parts used of a response of the page's own net, which may have its whole body. */
interface WholeResponse extends Pick<Response, 'type' | 'status' | 'statusText'> {
  readonly body: ReadableStream<Uint8Array> | Uint8Array | null;
  headerList(): Iterable<[name: string, value: string]>;
}

/** A response with the facts that only fetch itself can put into a Response. */
export interface Answer {
  response: Response | WholeResponse;
  /** After all redirects. */
  url: string;
  redirected: boolean;
  /** The body arrives over a network, at its own pace. */
  takesTime?: true;
}

/** Answers a request: the page's own net for some hosts, the real network for the rest. */
export type Fetch = (asked: Asked) => Promise<Answer>;

/** HTTP requests of the program. */
export class Http {
  readonly #fetch: Fetch;
  readonly #inFlight: InFlight;

  constructor(fetch: Fetch, inFlight = new InFlight()) {
    this.#fetch = fetch;
    this.#inFlight = inFlight;
  }

  open(request: HttpRequest): HttpExchange {
    return new HttpExchange(this.#fetch, request, this.#inFlight);
  }

  /** The same, with as few crossings as possible; `headers` alternates lines of names and values. */
  openFlat(
    method: string,
    url: string,
    headers: string,
    followRedirects: boolean,
    credentials: RequestCredentials,
    streamed: boolean,
    body?: Uint8Array,
  ): HttpExchange {
    const request = { method, url, headers: pairsOf(headers), followRedirects, credentials, streamed };
    return this.open(body === undefined ? request : { ...request, body });
  }
}

/** One request; the body of its response is read on demand. */
export class HttpExchange {
  readonly #controller = new AbortController();
  readonly #answer: Promise<Answer>;
  readonly #upload: Upload | undefined;
  readonly #inFlight: InFlight;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #wholeIsRead = false;

  constructor(fetch: Fetch, request: HttpRequest, inFlight: InFlight) {
    this.#inFlight = inFlight;
    this.#upload = request.streamed ? new Upload() : undefined;
    this.#answer = this.#send(fetch, request);
    // The caller of the head gets the error; one that aborts first does not want it.
    this.#answer.catch(() => undefined);
  }

  /** The next piece of a streamed body, null at its end: see Upload.write(). */
  write(piece: Uint8Array | null): Promise<boolean> {
    if (this.#upload === undefined) throw new Error('the body of this request is not streamed');
    return this.#upload.write(piece);
  }

  async head(): Promise<HttpHead> {
    const { response, url, redirected } = await this.#answer;
    let text = `${response.status}\n${redirected ? 1 : 0}\n${response.statusText}\n${url}`;
    for (const [name, value] of 'headerList' in response ? response.headerList() : response.headers) text += `\n${name}\n${value}`;
    return { text, body: response.body instanceof Uint8Array ? response.body : null };
  }

  /** The next piece of the body; null at its end. */
  async read(): Promise<Uint8Array | null> {
    const { response, takesTime } = await this.#answer;
    const { body } = response;
    if (body instanceof Uint8Array) {
      const isRead = this.#wholeIsRead || body.length === 0;
      this.#wholeIsRead = true;
      return isRead ? null : body;
    }
    this.#reader ??= body?.getReader();
    try {
      const reading = this.#reader?.read();
      const piece = await (reading !== undefined && takesTime ? this.#inFlight.during(reading) : reading);
      return piece?.value ?? null;
    } catch (error) {
      throw ioError('PayloadError', `the response was interrupted: ${messageOf(error)}`);
    }
  }

  abort(): void {
    this.#controller.abort();
    this.#upload?.stop();
  }

  async #send(fetch: Fetch, request: HttpRequest): Promise<Answer> {
    const { signal } = this.#controller;
    const url = parse(request.url);
    // A copy: the program's memory may move or change.
    const built = isPlain(request) ? undefined : build(url, request, request.body?.slice() ?? null, signal);
    let answer: Answer;
    try {
      answer = await (this.#upload === undefined
        ? fetch({ url, signal, request: built })
        : this.#sendPieces(fetch, url, request, this.#upload));
    } catch (error) {
      if (error instanceof Error && (error.name === 'ConnectionError' || error.name === 'RequestError')) throw error;
      throw ioError(
        'ConnectionError',
        `no response from ${url.host}: ${messageOf(error)}. Either it cannot be reached, or it does not ` +
          'allow other sites to read its responses (CORS: it must send Access-Control-Allow-Origin); browsers do not report which.',
      );
    }
    // A browser hides a redirect that it was told not to follow; the page's own net does the same.
    const { type, status } = answer.response;
    if (!request.followRedirects && (type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304))) {
      throw ioError('ConnectionError', `${url.href} redirects, which this request does not allow`);
    }
    return answer;
  }

  /** If the browser or the server does not support streaming, the pieces are sent together. */
  async #sendPieces(fetch: Fetch, url: URL, request: HttpRequest, upload: Upload): Promise<Answer> {
    const { signal } = this.#controller;
    try {
      if (url.protocol === 'https:' && canStream()) {
        const streamed = build(url, request, upload.stream(), signal);
        try {
          return await fetch({ url, signal, request: streamed });
        } catch (error) {
          // An HTTP/1.1-only server is detected before any part of the body is read.
          if (upload.asked || signal.aborted) throw error;
        }
      }
      return await fetch({ url, signal, request: build(url, request, await upload.whole(), signal) });
    } finally {
      upload.stop();
    }
  }
}

function pairsOf(lines: string): [string, string][] {
  if (lines === '') return [];
  const parts = lines.split('\n');
  return Array.from({ length: parts.length >> 1 }, (_, pair) => [parts[2 * pair] ?? '', parts[2 * pair + 1] ?? '']);
}

function isPlain({ method, headers, body, streamed, followRedirects, credentials }: HttpRequest): boolean {
  const hasBody = body !== undefined || streamed;
  return method === 'GET' && headers.length === 0 && !hasBody && followRedirects && credentials === 'same-origin';
}

function build(
  url: URL,
  { method, headers, followRedirects, credentials }: HttpRequest,
  body: BodyInit | null,
  signal: AbortSignal,
): Request {
  const init = {
    method,
    headers,
    body,
    redirect: followRedirects ? 'follow' : 'manual',
    credentials,
    signal,
    // Browsers require this option to stream a body.
    duplex: 'half',
  } as const;
  let built: Request;
  try {
    built = new Request(url, init);
  } catch (error) {
    throw ioError('RequestError', `the request cannot be made: ${messageOf(error)}`);
  }
  const dropped = headers.find(([name]) => !built.headers.has(name));
  if (dropped !== undefined) {
    throw ioError('RequestError', `a page cannot set the header ${dropped[0]}, which the browser controls${hint(dropped[0])}`);
  }
  return built;
}

function hint(header: string): string {
  return header.toLowerCase() === 'cookie' ? '; credentials "include" sends the cookies that the browser keeps' : '';
}

function parse(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw ioError('InvalidUrl', 'it must be absolute, such as https://example.org/path');
  }
  if (!['http:', 'https:', 'data:', 'blob:'].includes(parsed.protocol)) {
    throw ioError('InvalidUrl', `fetch does not support ${parsed.protocol}, only http:, https:, data: and blob:`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw ioError('InvalidUrl', 'fetch does not accept a user name or password in it; send an Authorization header');
  }
  return parsed;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
