import { ioError } from '../io/errors.js';
import type { Answer, Asked } from '../io/http.js';
import { api } from './api.js';
import { Cookies } from './cookies.js';
import { echo } from './echo.js';
import type { Host, NetContext, NetRequest } from './host.js';
import { httpbin } from './httpbin.js';
import { pages } from './pages.js';
import { NetResponse } from './response.js';

const MOST_REDIRECTS = 20;
/** Hosts do not modify a request's headers. */
const NO_HEADERS = new Headers();
const REDIRECTS = [301, 302, 303, 307, 308];

/** The page's own net: servers under `.test` that need no real network, created anew for each run. */
export class Net {
  readonly #context: NetContext;
  readonly #whileRead: (body: Promise<ArrayBuffer>) => Promise<ArrayBuffer>;
  readonly #cookies = new Cookies();
  readonly #hosts: Record<string, Host> = {
    'httpbin.test': httpbin(),
    'api.test': api(),
    'pages.test': pages(),
    'echo.test': echo,
  };

  /** `whileRead` wraps body reads, which the browser does in real time. */
  constructor(context: NetContext, whileRead: (body: Promise<ArrayBuffer>) => Promise<ArrayBuffer> = (body) => body) {
    this.#context = context;
    this.#whileRead = whileRead;
  }

  static serves(url: URL): boolean {
    return url.hostname === 'test' || url.hostname.endsWith('.test');
  }

  /** For JavaScript: answers as `fetch(request)` would. */
  async fetch(request: Request): Promise<Answer & { response: Response }> {
    const answer = await this.answer({ url: new URL(request.url), signal: request.signal, request });
    return { ...answer, response: answer.response.asResponse() };
  }

  /** Rejects with a TypeError where a network would fail. */
  async answer({ url, signal, request }: Asked): Promise<Answer & { response: NetResponse }> {
    let current: NetRequest = {
      method: request?.method ?? 'GET',
      url,
      headers: request?.headers ?? NO_HEADERS,
      body: request?.body == null ? new Uint8Array() : new Uint8Array(await this.#whileRead(request.arrayBuffer())),
      signal,
    };
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await this.#ask(current, request?.credentials === 'include');
      const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
      if (location === null || request?.redirect === 'manual') {
        return { response, url: current.url.href, redirected: redirects > 0 };
      }
      if (request?.redirect === 'error') throw new TypeError('the request was redirected');
      current = redirect(current, response.status, location);
    }
    throw new TypeError(`more than ${MOST_REDIRECTS} redirects`);
  }

  async #ask(request: NetRequest, withCookies: boolean): Promise<NetResponse> {
    request.signal.throwIfAborted();
    const host = this.#hosts[request.url.hostname];
    if (host === undefined) {
      const names = Object.keys(this.#hosts).join(', ');
      throw ioError('ConnectionError', `there is no host ${request.url.hostname}; the page's own network has ${names}`);
    }
    if (withCookies) this.#cookies.add(request);
    const response = await host(request, this.#context);
    request.signal.throwIfAborted();
    if (withCookies) this.#cookies.keep(request.url, response.headers);
    if (request.method !== 'HEAD') return response;
    const { status, statusText, headers } = response;
    if (response.body instanceof ReadableStream) await response.body.cancel();
    return new NetResponse(null, { status, statusText, headers });
  }
}

function redirect(from: NetRequest, status: number, location: string): NetRequest {
  const url = new URL(location, from.url);
  if (url.hash === '') url.hash = from.url.hash;
  const becomesGet = status === 303 ? from.method !== 'HEAD' : status < 303 && from.method === 'POST';
  if (!becomesGet) return { ...from, url };
  const headers = new Headers(from.headers);
  for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language']) headers.delete(name);
  return { ...from, url, method: 'GET', headers, body: new Uint8Array() };
}
