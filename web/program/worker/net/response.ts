export interface NetResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}

/** Bytes that are complete, or a stream. */
export type NetBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;

/**
 * A response of the page's own net. A browser's Response does the same and more, but creating one and reading its body
 * takes longer than the rest of such a request.
 */
export class NetResponse {
  readonly type = 'default';
  readonly status: number;
  readonly statusText: string;
  readonly body: NetBody;
  /** Created when first used. */
  #headers: HeadersInit;

  constructor(body: string | NetBody, { status = 200, statusText = '', headers = {} }: NetResponseInit = {}) {
    this.status = status;
    this.statusText = statusText;
    this.#headers = headers;
    this.body = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  }

  get headers(): Headers {
    if (!(this.#headers instanceof Headers)) this.#headers = new Headers(this.#headers);
    return this.#headers;
  }

  /** Name and value of each header. */
  headerList(): Iterable<[string, string]> {
    const given = this.#headers;
    if (given instanceof Headers) return given;
    if (Array.isArray(given)) return this.headers;
    // As Headers would return them.
    return Object.entries(given)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** As a JavaScript Response. */
  asResponse(): Response {
    const { status, statusText, body } = this;
    return new Response(body, { status, statusText, headers: this.#headers });
  }
}
