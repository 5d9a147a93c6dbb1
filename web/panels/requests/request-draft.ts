import { type Header, LARGEST_REQUEST, MOST_HEADERS } from '../../protocol/servers.js';
import { formatBytes, formatCount } from '../format.js';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** What the form contains. */
export interface RequestDraft {
  method: string;
  /** With a query; a whole URL is taken too, without its host. */
  path: string;
  /** A line each: "Name: value". */
  headers: string;
  body: string;
}

export interface CheckedRequest {
  method: string;
  target: string;
  headers: Header[];
  body: string;
}

export type DraftField = 'method' | 'path' | 'headers' | 'body';
export type CheckedDraft = { request: CheckedRequest } | { field: DraftField; problem: string };

/** The runtime's limit of a line is 8,190 bytes. */
const LONGEST_TARGET = 8_000;
const token = /^[\w!#$%&'*+.^`|~-]+$/;
/** The connection is the page's. */
const ownHeaders = ['connection', 'content-length', 'expect', 'transfer-encoding', 'upgrade'];

export function hasBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

export function checkDraft(draft: RequestDraft): CheckedDraft {
  const method = draft.method.trim();
  if (!token.test(method)) return { field: 'method', problem: `“${method}” is not a method.` };
  const target = targetOf(draft.path);
  if (typeof target !== 'string') return { field: 'path', ...target };
  const headers = headersOf(draft.headers);
  if (!Array.isArray(headers)) return { field: 'headers', ...headers };
  const body = hasBody(method) ? draft.body : '';
  const size = new TextEncoder().encode(body).length;
  if (size > LARGEST_REQUEST) {
    return { field: 'body', problem: `The body is too large: ${formatBytes(size)} of at most ${formatBytes(LARGEST_REQUEST)} that can be sent from here.` };
  }
  if (body !== '' && !headers.some(([name]) => name.toLowerCase() === 'content-type')) headers.push(['Content-Type', typeOf(body)]);
  return { request: { method, target, headers, body } };
}

interface Problem {
  problem: string;
}

function targetOf(path: string): string | Problem {
  const [beforeFragment = ''] = path.trim().replace(/^https?:\/\/[^/?#]*/i, '').split('#');
  const wanted = beforeFragment.startsWith('/') ? beforeFragment : `/${beforeFragment}`;
  const [variable] = variablesIn(wanted.split('?')[0] ?? '');
  if (variable !== undefined) return { problem: `Replace ${variable.text} in the path by a value.` };
  const target = encoded(wanted);
  if (target.length > LONGEST_TARGET) return { problem: `The path has ${formatCount(target.length)} characters of at most ${formatCount(LONGEST_TARGET)}.` };
  return target;
}

export interface PathVariable {
  /** Where it begins in the path. */
  at: number;
  /** "{id}". */
  text: string;
}

/** The variables of a pattern, or those that are left in a path: "{id}", "{id:\d+}", whose expression may have braces. */
export function variablesIn(path: string): PathVariable[] {
  const found: PathVariable[] = [];
  for (let at = 0; at < path.length; at += 1) {
    if (path[at] !== '{' || !/^\{[a-z_]/i.test(path.slice(at, at + 2))) continue;
    const end = closingBrace(path, at);
    if (end === undefined) break;
    found.push({ at, text: path.slice(at, end + 1) });
    at = end;
  }
  return found;
}

function closingBrace(path: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < path.length; at += 1) {
    if (path[at] === '{') depth += 1;
    else if (path[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** A route's pattern as a path to fill in: of its variables only the names are left. */
export function pathOfPattern(pattern: string): string {
  let path = '';
  let end = 0;
  for (const { at, text } of variablesIn(pattern)) {
    path += `${pattern.slice(end, at)}${text.replace(/^(\{\w+)[^]*$/, '$1}')}`;
    end = at + text.length;
  }
  return path + pattern.slice(end);
}

/** What may not be in a request's first line is percent-encoded; what is encoded stays. */
function encoded(target: string): string {
  return target.replace(/[^\x21-\x7e]+|["<>\\^`{|}]/g, (part) =>
    [...new TextEncoder().encode(part)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function headersOf(text: string): Header[] | Problem {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > MOST_HEADERS) return { problem: `At most ${MOST_HEADERS} headers can be sent.` };
  const headers: Header[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    const value = line.slice(colon + 1).trim();
    if (!token.test(name)) return { problem: `“${line.trim()}” is not a header: write Name: value.` };
    if ([...value].some(isControl)) return { problem: `The header ${name} contains a control character.` };
    if (ownHeaders.includes(name.toLowerCase())) return { problem: `${name} is set by the page itself: remove it.` };
    headers.push([name, value]);
  }
  return headers;
}

function isControl(character: string): boolean {
  return (character < ' ' && character !== '\t') || character === '\x7f';
}

function typeOf(body: string): string {
  try {
    JSON.parse(body);
    return 'application/json';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}
