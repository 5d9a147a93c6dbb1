import { cookiesOf, COOKIE, SET_COOKIE } from './cookies.js';
import { html, json, status, text, type Host, type NetContext, type NetRequest } from './host.js';
import { RateLimit } from './rate-limit.js';
import { NetResponse, type NetBody } from './response.js';
import { paced } from './streams.js';

const LONGEST_DELAY_S = 60;
const MOST_BYTES = 100 * 1024 * 1024;
const PIECE = 64 * 1024;

interface Route {
  request: NetRequest;
  context: NetContext;
  /** The path segments after the route's name. */
  rest: string[];
}
type Handler = (route: Route) => NetResponse | Promise<NetResponse>;

/** A service for trying HTTP, modelled on httpbin.org: `/` lists its routes. */
export function httpbin(): Host {
  const limits = new Map<string, RateLimit>();
  const routes: Record<string, Handler> = {
    '': () => html(`<!doctype html>\n<title>httpbin</title>\n<p>${Object.keys(routes).join(' ')}</p>\n`),
    get: only('GET', anything),
    post: only('POST', anything),
    put: only('PUT', anything),
    patch: only('PATCH', anything),
    delete: only('DELETE', anything),
    anything,
    headers: ({ request }) => json({ headers: visible(request.headers) }),
    'user-agent': ({ request }) => json({ 'user-agent': request.headers.get('user-agent') }),
    ip: () => json({ origin: '192.0.2.1' }),
    uuid: ({ context }) => json({ uuid: uuid(context.random.bytes(16)) }),
    json: () => json(slideshow),
    html: () => html('<!doctype html>\n<title>A page</title>\n<h1>A page</h1>\n<p>With a few words.</p>\n'),
    encoding: () => html('<!doctype html>\n<p>grüße, 世界, ∀x∈ℝ</p>\n'),
    status: ({ request, context, rest: [codes = '200'] }) => {
      const code = chosen(decodeURIComponent(codes), context);
      if (code === undefined) return bad('a status is a number from 200 to 599, or several as 200:0.7,500:0.3');
      return REDIRECT_CODES.includes(code) ? status(code, { location: new URL('/get', request.url).href }) : status(code);
    },
    delay: async (route) => {
      await route.context.clock.sleep(seconds(route.rest[0], LONGEST_DELAY_S) * 1000, route.request.signal);
      return anything(route);
    },
    bytes: ({ context, rest: [count] }) => binary(context.random.bytes(whole(count, MOST_BYTES))),
    'stream-bytes': ({ request, context, rest: [count] }) =>
      binary(paced(pieces(whole(count, MOST_BYTES), context), 0, context, request.signal)),
    stream: ({ request, context, rest: [count] }) => {
      const lines = function* (): Generator<Uint8Array<ArrayBuffer>> {
        for (let id = 0; id < whole(count, 100_000); id += 1) yield utf8(`${JSON.stringify({ id, url: request.url.href })}\n`);
      };
      return new NetResponse(paced(lines(), 10, context, request.signal), { headers: { 'content-type': 'application/json' } });
    },
    drip,
    redirect: ({ request, rest: [count] }) => {
      const left = whole(count, 1000);
      return redirectTo(new URL(left <= 1 ? '/get' : `/redirect/${left - 1}`, request.url), 302);
    },
    'redirect-to': ({ request }) => {
      const url = request.url.searchParams.get('url');
      if (url === null) return bad('the parameter ?url= is missing');
      return redirectTo(new URL(url, request.url), whole(request.url.searchParams.get('status_code') ?? '302', 399));
    },
    'basic-auth': ({ request, rest: [user = '', password = ''] }) =>
      request.headers.get('authorization') === `Basic ${btoa(`${user}:${password}`)}`
        ? json({ authenticated: true, user })
        : status(401, { 'www-authenticate': 'Basic realm="Fake Realm"' }),
    bearer: ({ request }) => {
      const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
      return token === undefined ? status(401, { 'www-authenticate': 'Bearer' }) : json({ authenticated: true, token });
    },
    cookies: ({ request, rest: [action] }) => {
      if (action === undefined) return json({ cookies: cookiesOf(request.headers) });
      const fields = new URLSearchParams(request.url.searchParams);
      if (action === 'delete') for (const name of [...fields.keys()]) fields.set(name, '');
      else if (action !== 'set') return status(404);
      return status(302, { location: '/cookies', [SET_COOKIE]: fields.toString() });
    },
    'response-headers': ({ request }) => json(Object.fromEntries(request.url.searchParams), { headers: [...request.url.searchParams] }),
    'rate-limit': (route) => {
      const { context, rest } = route;
      const most = whole(rest[0] ?? '5', 10_000);
      const perSeconds = seconds(rest[1] ?? '1', 3600);
      const key = `${most}/${perSeconds}`;
      const limit = limits.get(key) ?? new RateLimit(most, perSeconds * 1000);
      limits.set(key, limit);
      const waitMs = limit.take(context.clock.now());
      if (waitMs === undefined) return anything(route);
      return status(429, { 'retry-after': String(Math.ceil(waitMs / 1000)), 'x-retry-after-ms': String(Math.ceil(waitMs)) });
    },
    'cut-off': ({ request, context, rest: [count] }) => {
      const cut = function* (): Generator<Uint8Array<ArrayBuffer>> {
        yield* pieces(whole(count, MOST_BYTES), context);
        throw new TypeError('network error');
      };
      return binary(paced(cut(), 0, context, request.signal));
    },
  };

  return async (request, context) => {
    const [, name = '', ...rest] = request.url.pathname.split('/');
    const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
    if (handler === undefined) return status(404);
    try {
      return await handler({ request, context, rest });
    } catch (error) {
      if (error instanceof RangeError) return bad(error.message);
      throw error;
    }
  };
}

const REDIRECT_CODES = [301, 302, 303, 307, 308];

const slideshow = {
  slideshow: {
    author: 'Yours Truly',
    date: 'date of publication',
    slides: [
      { title: 'Wake up to WonderWidgets!', type: 'all' },
      { items: ['Why they are great', 'Who buys them'], title: 'Overview', type: 'all' },
    ],
    title: 'Sample Slide Show',
  },
};

function only(method: string, handler: Handler): Handler {
  return (route) => (allows(method, route.request.method) ? handler(route) : status(405, { allow: method }));
}

function allows(method: string, asked: string): boolean {
  return asked === method || (asked === 'HEAD' && method === 'GET');
}

/** Echoes the request. */
async function anything({ request }: Route): Promise<NetResponse> {
  const { method, url, headers, body } = request;
  const data = new TextDecoder().decode(body);
  const form = await formIn(request);
  return json({
    args: grouped(url.searchParams),
    data: form === undefined ? data : '',
    files: form?.files ?? {},
    form: form?.fields ?? {},
    headers: visible(headers),
    json: parsed(data),
    method,
    url: url.href,
  });
}

/** The fields and files of a form, if the body is one. */
async function formIn({ headers, body }: NetRequest): Promise<Record<'fields' | 'files', Fields> | undefined> {
  const type = headers.get('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return undefined;
  const fields = new URLSearchParams();
  const files = new URLSearchParams();
  try {
    for (const [name, value] of await new Response(body, { headers: { 'content-type': type } }).formData()) {
      if (typeof value === 'string') fields.append(name, value);
      else files.append(name, await value.text());
    }
  } catch {
    throw new RangeError('the body does not match its Content-Type');
  }
  return { fields: grouped(fields), files: grouped(files) };
}

/** `numbytes` over `duration` seconds, after `delay` seconds. */
async function drip({ request, context }: Route): Promise<NetResponse> {
  const field = (name: string, otherwise: string): string => request.url.searchParams.get(name) ?? otherwise;
  const count = whole(field('numbytes', '10'), 10 * 1024 * 1024);
  const duration = seconds(field('duration', '2'), LONGEST_DELAY_S);
  const code = whole(field('code', '200'), 599);
  await context.clock.sleep(seconds(field('delay', '0'), LONGEST_DELAY_S) * 1000, request.signal);
  const stars = function* (): Generator<Uint8Array<ArrayBuffer>> {
    for (let sent = 0; sent < count; sent += 1) yield utf8('*');
  };
  return new NetResponse(paced(stars(), (duration * 1000) / Math.max(count, 1), context, request.signal), {
    status: code,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(count) },
  });
}

function* pieces(count: number, { random }: NetContext): Generator<Uint8Array<ArrayBuffer>> {
  for (let left = count; left > 0; left -= PIECE) yield random.bytes(Math.min(left, PIECE));
}

function binary(body: NetBody): NetResponse {
  return new NetResponse(body, { headers: { 'content-type': 'application/octet-stream' } });
}

function redirectTo(url: URL, code: number): NetResponse {
  return status(code, { location: url.href });
}

function bad(reason: string): NetResponse {
  return text(`${reason}\n`, { status: 400, statusText: 'Bad Request' });
}

/** Picks one of `200` or `200:0.7,500:0.3`, by weight. */
function chosen(codes: string, { random }: NetContext): number | undefined {
  const choices = codes.split(',').map((choice) => {
    const [code, weight = '1'] = choice.split(':');
    return { code: Number(code), weight: Number(weight) };
  });
  if (!choices.every(({ code, weight }) => Number.isInteger(code) && code >= 200 && code <= 599 && weight > 0)) return undefined;
  if (choices.length === 1) return choices[0]?.code;
  let at = random.unit() * choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.find(({ weight }) => (at -= weight) < 0)?.code ?? choices.at(-1)?.code;
}

function seconds(value: string | undefined, most: number): number {
  const number = Number(value);
  if (!(number >= 0)) throw new RangeError(`${value ?? 'nothing'} is not a number of seconds`);
  return Math.min(number, most);
}

function whole(value: string | undefined, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new RangeError(`${value ?? 'nothing'} is not a whole number`);
  if (number > most) throw new RangeError(`${number} is more than ${most}`);
  return number;
}

type Fields = Record<string, string | string[]>;

function grouped(fields: URLSearchParams): Fields {
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function visible(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== COOKIE));
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function uuid(bytes: Uint8Array): string {
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function utf8(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}
