/**
 * The web servers of a running program (asyncio/web.hpp), and requests that the page sends to them: between the page and
 * the program worker, over the run's port. What the runtime tells of servers is written by runtime/src/trace/server_log.hpp.
 *
 * A program may post anything: each message is checked, then cut to the limits below.
 */
import { type Fields, isFields, isListOf, isNumber, isOfClass, isText } from './shape.js';
import { beginningOf, shorten } from './shorten.js';

/** The runtime's own limits; the page keeps to them too. */
export const MOST_SERVERS = 20;
export const MOST_ROUTES = 200;
/** Of a run, the newest. */
export const MOST_REQUESTS = 200;
/** Characters of a path, a name, a header. */
const LONGEST_TEXT = 2_000;
const LONGEST_METHOD = 40;
export const MOST_HEADERS = 100;
/** Bytes of an answer's body that are kept; the rest is not taken. */
export const LARGEST_ANSWER: number = 1024 * 1024;
/** Bytes of a request's body. */
export const LARGEST_REQUEST: number = 1024 * 1024;

export interface ServerRoute {
  /** "*": any. */
  method: string;
  /** "/notes/{id}". */
  pattern: string;
}

export interface ListedServer {
  /** From 1, never reused in a run. */
  number: number;
  /** "http://127.0.0.1:8080". */
  url: string;
  port: number;
  listening: boolean;
  routes: ServerRoute[];
  /** How many routes are left out. */
  routesLeftOut: number;
}

/** A request that a server of the program received, whoever sent it. */
export interface ServedRequest {
  /** From 1, in order of arrival, never reused in a run. */
  number: number;
  /** "127.0.0.1:8080". */
  server: string;
  method: string;
  /** The path with its query. */
  target: string;
  /** 0: the answer has not begun. */
  status: number;
  /** `broken`: it ended before all of its answer was sent. */
  state: 'open' | 'answered' | 'broken';
  /** Microseconds on the program's clock, from its head to the end of its answer; of an open one 0. */
  took: number;
  /** The task that serves its connection: its number in traces, and its name. */
  task: number;
  taskName: string;
}

/** What has changed since the last one. */
export interface ServerNews {
  type: 'server-news';
  /** All servers of the run, if any of them changed. */
  servers?: ListedServer[];
  /** New ones, and those that changed. */
  requests: ServedRequest[];
}

export type Header = [name: string, value: string];

/** Why there is no answer, or not all of it. */
export type AnswerFailure =
  /** Nothing listens on the port. */
  | 'refused'
  /** The connection ended before the answer was complete. */
  | 'broken'
  /** It is not HTTP. */
  | 'malformed'
  /** The connection goes on with another protocol, such as WebSocket. */
  | 'switched';

export type AnswerPart =
  | { kind: 'head'; status: number; reason: string; headers: Header[] }
  | { kind: 'body'; bytes: ArrayBuffer }
  /** `cut`: the body is longer, and the rest was not taken. */
  | { kind: 'end'; cut: boolean }
  | { kind: 'failed'; why: AnswerFailure };

/** A part of the answer to a request of the page: a head, pieces of the body, an end; or it fails. */
export interface AnswerMessage {
  type: 'answer';
  /** The id of the `send-request`. */
  id: number;
  part: AnswerPart;
}

export type ServerMessage = ServerNews | AnswerMessage;

/** From the page. */
export type ServerRequest =
  /** Whether requests are recorded. Servers are always told of. */
  | { type: 'watch-requests'; on: boolean }
  /** The page has checked it. The worker adds Host, Connection and Content-Length. */
  | { type: 'send-request'; id: number; port: number; method: string; target: string; headers: Header[]; body: string }
  /** Closes the connection; nothing more is told of it. */
  | { type: 'cancel-request'; id: number };

const isCount = (value: unknown): boolean => isNumber(value) && value >= 0;
const isHeader = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isText);
const isRoute = (value: unknown): boolean => isFields(value) && isText(value['method']) && isText(value['pattern']);

function isServer(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { number, url, port, listening, routes, routesLeftOut } = value;
  return isCount(number) && isText(url) && isPort(port) && typeof listening === 'boolean' && isListOf(routes, isRoute) && isCount(routesLeftOut);
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}

function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1_000;
}

const states: Record<ServedRequest['state'], true> = { open: true, answered: true, broken: true };
const failures: Record<AnswerFailure, true> = { refused: true, broken: true, malformed: true, switched: true };
const isOneOf = (value: unknown, known: object): boolean => isText(value) && Object.hasOwn(known, value);

function isServed(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { number, server, method, target, status, state, took, task, taskName } = value;
  return [number, took, task].every(isCount) && [server, method, target, taskName].every(isText) && isStatus(status) && isOneOf(state, states);
}

function isAnswerPart(value: unknown): boolean {
  if (!isFields(value)) return false;
  switch (value['kind']) {
    case 'head':
      return isStatus(value['status']) && isText(value['reason']) && isListOf(value['headers'], isHeader);
    case 'body':
      return isOfClass(value['bytes'], 'ArrayBuffer');
    case 'end':
      return typeof value['cut'] === 'boolean';
    case 'failed':
      return isOneOf(value['why'], failures);
    default:
      return false;
  }
}

/** For message-guards.ts. */
export const isFromServers: Record<ServerMessage['type'], (message: Fields) => boolean> = {
  'server-news': ({ servers, requests }) => (servers === undefined || isListOf(servers, isServer)) && isListOf(requests, isServed),
  answer: ({ id, part }) => isNumber(id) && isAnswerPart(part),
};

/** The message with what is too long or too much cut off. */
export function boundedServerMessage(message: ServerMessage): ServerMessage {
  return message.type === 'server-news' ? boundedNews(message) : { type: message.type, id: message.id, part: boundedPart(message.part) };
}

export function boundedPart(part: AnswerPart): AnswerPart {
  switch (part.kind) {
    case 'head':
      return {
        kind: part.kind,
        status: part.status,
        reason: shorten(part.reason, LONGEST_TEXT),
        headers: part.headers.slice(0, MOST_HEADERS).map(([name, value]) => [shorten(name, LONGEST_TEXT), shorten(value, LONGEST_TEXT)]),
      };
    case 'body':
      return part.bytes.byteLength <= LARGEST_ANSWER ? part : { kind: part.kind, bytes: part.bytes.slice(0, LARGEST_ANSWER) };
    case 'end':
    case 'failed':
      return part;
  }
}

export function boundedNews({ type, servers, requests }: ServerNews): ServerNews {
  const news: ServerNews = { type, requests: requests.slice(-MOST_REQUESTS).map(boundedRequest) };
  if (servers !== undefined) news.servers = servers.slice(-MOST_SERVERS).map(boundedServer);
  return news;
}

function boundedServer({ number, url, port, listening, routes, routesLeftOut }: ListedServer): ListedServer {
  return {
    ...{ number, url: shorten(url, LONGEST_TEXT), port, listening },
    routes: routes.slice(0, MOST_ROUTES).map(({ method, pattern }) => ({ method: methodOf(method), pattern: shorten(pattern, LONGEST_TEXT) })),
    routesLeftOut: routesLeftOut + Math.max(0, routes.length - MOST_ROUTES),
  };
}

function boundedRequest({ number, server, method, target, status, state, took, task, taskName }: ServedRequest): ServedRequest {
  return {
    ...{ number, status, state, took, task, method: methodOf(method) },
    server: shorten(server, LONGEST_TEXT),
    target: shorten(target, LONGEST_TEXT),
    taskName: shorten(taskName, LONGEST_TEXT),
  };
}

function methodOf(method: string): string {
  return beginningOf(method, LONGEST_METHOD);
}
