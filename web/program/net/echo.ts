import type { Host } from './host.js';
import { NetResponse } from './response.js';

/** Answers with the request's own body. */
export const echo: Host = ({ body, headers }) =>
  new NetResponse(body, { headers: { 'content-type': headers.get('content-type') ?? 'text/plain; charset=utf-8' } });
