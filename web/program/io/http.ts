import { ioError } from './errors.js';

/** As runtime/src/browser/fetch_transport.cpp makes it. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: [name: string, value: string][];
  /** A view of the program's memory, good until open() returns. */
  body?: Uint8Array;
  followRedirects: boolean;
  credentials: RequestCredentials;
}

export interface HttpHead {
  status: number;
  reason: string;
  url: string;
  redirected: boolean;
  headers: [name: string, value: string][];
}

/** An answer with what only fetch itself can put into a Response. */
export interface Answer {
  response: Response;
  /** After all redirects. */
  url: string;
  redirected: boolean;
}

/** Answers a request: the page's own net for some hosts, the network for the rest. */
export type Fetch = (request: Request) => Promise<Answer>;

/** Requests of the program. */
export class Http {
  readonly #fetch: Fetch;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  open(request: HttpRequest): HttpExchange {
    return new HttpExchange(this.#fetch, request);
  }
}

/** One request; the body of its response comes as it is asked for. */
export class HttpExchange {
  readonly #controller = new AbortController();
  readonly #answer: Promise<Answer>;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(fetch: Fetch, request: HttpRequest) {
    this.#answer = this.#send(fetch, request);
    // Whoever asks for the head hears of it; who aborts before does not want to.
    this.#answer.catch(() => undefined);
  }

  async head(): Promise<HttpHead> {
    const { response, url, redirected } = await this.#answer;
    return { status: response.status, reason: response.statusText, url, redirected, headers: [...response.headers] };
  }

  /** The next piece of the body; null at its end. */
  async read(): Promise<Uint8Array | null> {
    const { response } = await this.#answer;
    this.#reader ??= response.body?.getReader();
    try {
      const piece = await this.#reader?.read();
      return piece?.value ?? null;
    } catch (error) {
      throw ioError('PayloadError', `the response broke off: ${messageOf(error)}`);
    }
  }

  abort(): void {
    this.#controller.abort();
  }

  async #send(fetch: Fetch, request: HttpRequest): Promise<Answer> {
    const built = build(request, this.#controller.signal);
    let answer: Answer;
    try {
      answer = await fetch(built);
    } catch (error) {
      if (error instanceof Error && error.name === 'ConnectionError') throw error;
      throw ioError(
        'ConnectionError',
        `no answer from ${new URL(built.url).host}: ${messageOf(error)}. Either it cannot be reached, or it does not ` +
          'allow other sites to read its answers (CORS: it must send Access-Control-Allow-Origin); a browser does not tell which.',
      );
    }
    // A browser hides all of a redirect that it was told not to follow; the page's own net is no different.
    const { type, status } = answer.response;
    if (!request.followRedirects && (type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304))) {
      throw ioError('ConnectionError', `${built.url} redirects elsewhere, which this request does not allow`);
    }
    return answer;
  }
}

function build({ method, url, headers, body, followRedirects, credentials }: HttpRequest, signal: AbortSignal): Request {
  const parsed = parse(url);
  try {
    return new Request(parsed, {
      method,
      headers,
      // Copied: the program's memory may move or change.
      body: body === undefined ? null : body.slice(),
      redirect: followRedirects ? 'follow' : 'manual',
      credentials,
      signal,
    });
  } catch (error) {
    throw ioError('RequestError', `the request cannot be made: ${messageOf(error)}`);
  }
}

function parse(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw ioError('InvalidUrl', 'it must be absolute, as https://example.org/path is');
  }
  if (!['http:', 'https:', 'data:', 'blob:'].includes(parsed.protocol)) {
    throw ioError('InvalidUrl', `fetch knows no ${parsed.protocol} but http:, https:, data: and blob:`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw ioError('InvalidUrl', 'fetch takes no user name or password in it; give them as an Authorization header');
  }
  return parsed;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
