export interface NetResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}

/** Bytes that are all there, or that come as they are read. */
export type NetBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;

/**
 * What a server of the page's own net answers. A browser's Response is the same and more, but making
 * one and reading its body takes longer than all the rest of such a request.
 */
export class NetResponse {
  readonly type = 'default';
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: NetBody;

  constructor(body: string | NetBody, { status = 200, statusText = '', headers = {} }: NetResponseInit = {}) {
    this.status = status;
    this.statusText = statusText;
    this.headers = new Headers(headers);
    this.body = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  }

  /** As JavaScript has it. */
  asResponse(): Response {
    const { status, statusText, headers, body } = this;
    return new Response(body, { status, statusText, headers });
  }
}
