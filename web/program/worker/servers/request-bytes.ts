import type { ServerRequest } from '../../../protocol/servers.js';

const encoder = new TextEncoder();

/** A request as it goes over the connection, which is closed after its answer. */
export function requestBytes({ port, method, target, headers, body }: Extract<ServerRequest, { type: 'send-request' }>): Uint8Array {
  const content = encoder.encode(body);
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  const lines = [`${method} ${target} HTTP/1.1`];
  if (!has('host')) lines.push(`Host: 127.0.0.1:${port}`);
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  lines.push('Connection: close');
  if (content.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)) lines.push(`Content-Length: ${content.length}`);
  const head = encoder.encode(`${lines.join('\r\n')}\r\n\r\n`);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}
