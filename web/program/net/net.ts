import { ioError } from '../io/errors.js';
import type { Answer } from '../io/http.js';
import { api } from './api.js';
import { Cookies } from './cookies.js';
import { echo } from './echo.js';
import type { Host, NetContext, NetRequest } from './host.js';
import { httpbin } from './httpbin.js';
import { pages } from './pages.js';

const MOST_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];

/** The page's own net: servers under `.test` that need no network, made anew for each run. */
export class Net {
  readonly #context: NetContext;
  readonly #cookies = new Cookies();
  readonly #hosts: Record<string, Host> = {
    'httpbin.test': httpbin(),
    'api.test': api(),
    'pages.test': pages(),
    'echo.test': echo,
  };

  constructor(context: NetContext) {
    this.#context = context;
  }

  static serves(url: URL): boolean {
    return url.hostname === 'test' || url.hostname.endsWith('.test');
  }

  /** Answers as `fetch(request)` would; rejects with a TypeError where a network would fail. */
  async fetch(request: Request): Promise<Answer> {
    let current: NetRequest = {
      method: request.method,
      url: new URL(request.url),
      headers: new Headers(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
      signal: request.signal,
    };
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await this.#answer(current, request.credentials === 'include');
      const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
      if (location === null || request.redirect === 'manual') {
        return { response, url: current.url.href, redirected: redirects > 0 };
      }
      if (request.redirect === 'error') throw new TypeError('the request was redirected');
      current = redirect(current, response.status, location);
    }
    throw new TypeError(`more than ${MOST_REDIRECTS} redirects`);
  }

  async #answer(request: NetRequest, withCookies: boolean): Promise<Response> {
    request.signal.throwIfAborted();
    const host = this.#hosts[request.url.hostname];
    if (host === undefined) {
      const names = Object.keys(this.#hosts).join(', ');
      throw ioError('ConnectionError', `there is no host ${request.url.hostname}; the page's own net has ${names}`);
    }
    if (withCookies) this.#cookies.add(request);
    const response = await host(request, this.#context);
    request.signal.throwIfAborted();
    if (withCookies) this.#cookies.keep(request.url, response.headers);
    if (request.method !== 'HEAD') return response;
    const { status, statusText, headers } = response;
    await response.body?.cancel();
    return new Response(null, { status, statusText, headers });
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
