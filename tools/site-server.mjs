import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.hpp': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** In the order of preference. */
const encodings = /** @type {const} */ ([
  ['br', '.br'],
  ['gzip', '.gz'],
]);

/**
 * A plain static server for the files under `root`. It sends the .br or .gz beside a file instead where the browser
 * accepts it. `base` is the path under which it serves, such as `/` or `/some/path/`.
 * `isolated` sends the headers that let a page share memory among threads.
 * @param {{ root: string, base?: string, isolated?: boolean }} site
 */
function siteHandler({ root, base = '/', isolated = false }) {
  /** @type {import('node:http').RequestListener} */
  return (request, response) => {
    // All files are public; a page in a sandboxed frame, or an element in another site's page, has another origin.
    response.setHeader('access-control-allow-origin', '*');
    if (isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
    }
    answer(root, base, request, response).catch((error) => {
      if (!response.headersSent) refuse(response, 500, `The server could not read the file: ${error.message}`);
      else response.destroy();
    });
  };
}

/**
 * Listens on 127.0.0.1 only; port 0 takes a free one. `before` may answer a request itself and then returns true.
 * @param {{ root: string, base?: string, isolated?: boolean, port?: number, before?: (...args: Parameters<import('node:http').RequestListener>) => boolean }} site
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveSite({ root, base = '/', isolated = false, port = 0, before }) {
  const handler = siteHandler({ root, base, isolated });
  const server = createServer((request, response) => {
    if (before?.(request, response) !== true) handler(request, response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no address.');
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} root
 * @param {string} base
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, base, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are served here.');
  }
  const path = filePath(root, base, request.url ?? '/');
  if (path === undefined) return refuse(response, 404, 'There is no such file.');
  const file = await find(path, request.headers['accept-encoding'] ?? '');
  if (file === undefined) return refuse(response, 404, 'There is no such file.');
  response.setHeader('content-type', types[/** @type {keyof typeof types} */ (extname(path))] ?? 'application/octet-stream');
  response.setHeader('content-length', file.size);
  response.setHeader('vary', 'accept-encoding');
  response.setHeader('etag', file.tag);
  response.setHeader('cache-control', 'no-cache');
  if (file.encoding !== undefined) response.setHeader('content-encoding', file.encoding);
  if (request.headers['if-none-match'] === file.tag) {
    response.removeHeader('content-length');
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  pipeline(createReadStream(file.path), response, (error) => {
    // A browser that disconnects during a response is not an error of the server.
    if (error && !response.destroyed) response.destroy();
  });
}

/**
 * The file that a URL names, never outside root.
 * @param {string} root
 * @param {string} base
 * @param {string} url
 */
function filePath(root, base, url) {
  const encoded = url.split(/[?#]/, 1)[0] ?? '/';
  if (!encoded.startsWith(base)) return undefined;
  let decoded;
  try {
    decoded = decodeURIComponent(encoded.slice(base.length));
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const path = normalize(join(root, decoded === '' || decoded.endsWith('/') ? `${decoded}index.html` : decoded));
  return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
}

/**
 * @param {string} path
 * @param {string} accepted
 * @returns {Promise<{ path: string, size: number, tag: string, encoding?: string } | undefined>}
 */
async function find(path, accepted) {
  const plain = await fileStat(path);
  if (plain === undefined) return undefined;
  for (const [encoding, suffix] of encodings) {
    if (!accepts(accepted, encoding)) continue;
    const compressed = await fileStat(path + suffix);
    if (compressed !== undefined) return { path: path + suffix, ...compressed, encoding };
  }
  return { path, ...plain };
}

/** @param {string} path */
async function fileStat(path) {
  try {
    const { size, mtimeMs, isFile } = await stat(path).then((it) => ({
      size: it.size,
      mtimeMs: it.mtimeMs,
      isFile: it.isFile(),
    }));
    return isFile ? { size, tag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"` } : undefined;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * @param {string} header
 * @param {string} encoding
 */
function accepts(header, encoding) {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((word) => word.trim());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} message
 */
function refuse(response, status, message) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}
