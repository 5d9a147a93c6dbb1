import type { Clock } from './clock.js';
import type { Random } from './random.js';
import { NetResponse, type NetResponseInit } from './response.js';

/** A request inside the page's own net. */
export interface NetRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
  /** Aborted when the program no longer wants the answer. */
  signal: AbortSignal;
}

/** Shared by all hosts: one of each per run. */
export interface NetContext {
  clock: Clock;
  random: Random;
}

/** A server of the page's own net. */
export type Host = (request: NetRequest, context: NetContext) => NetResponse | Promise<NetResponse>;

export function json(value: unknown, init: NetResponseInit = {}): NetResponse {
  const headers = new Headers(init.headers);
  headers.set('content-type', 'application/json');
  return new NetResponse(`${JSON.stringify(value, undefined, 2)}\n`, { ...init, headers });
}

export function text(value: string, init: NetResponseInit = {}): NetResponse {
  const headers = new Headers(init.headers);
  if (!headers.has('content-type')) headers.set('content-type', 'text/plain; charset=utf-8');
  return new NetResponse(value, { ...init, headers });
}

export function html(value: string): NetResponse {
  return text(value, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** A status given by its code alone, with its usual reason. */
export function status(code: number, headers: HeadersInit = {}): NetResponse {
  const reason = REASONS[code] ?? '';
  const hasBody = ![204, 205, 304].includes(code);
  if (!hasBody) return new NetResponse(null, { status: code, statusText: reason, headers });
  return text(`${code} ${reason}\n`.trimStart(), { status: code, statusText: reason, headers });
}

const REASONS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  418: "I'm a teapot",
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
