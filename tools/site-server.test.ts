import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSite } from './site-server.mjs';

let folder: string;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  const root = join(folder, 'site');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(root, 'index.html'), '<p>page</p>');
  await writeFile(join(root, 'assets', 'a.wasm'), 'plain');
  await writeFile(join(root, 'assets', 'a.wasm.br'), 'brotli');
  await writeFile(join(root, 'assets', 'a.wasm.gz'), 'gzip');
  site = await serveSite({ root, base: '/some/path/' });
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Uses node:http, since fetch normalises `..` and decompresses the response. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(site.url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the static server', () => {
  test('serves the page of a folder under a sub-path', async () => {
    const { status, headers, body } = await get('/some/path/');
    expect({ status, body }).toEqual({ status: 200, body: '<p>page</p>' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test.each([
    ['gzip, deflate, br', 'br', 'brotli'],
    ['gzip', 'gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'gzip'],
    ['', undefined, 'plain'],
  ])('to a browser that accepts "%s" sends %s', async (accepted, encoding, content) => {
    const { headers, body } = await get('/some/path/assets/a.wasm', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toBe('application/wasm');
    expect(body).toBe(content);
  });

  test('isolates its pages only where it is told to', async () => {
    expect((await get('/some/path/')).headers['cross-origin-opener-policy']).toBeUndefined();
    const isolated = await serveSite({ root: join(folder, 'site'), isolated: true });
    const { headers } = await fetch(isolated.url);
    await isolated.close();
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  test('does not send again what the browser has', async () => {
    const first = await get('/some/path/assets/a.wasm');
    const tag = String(first.headers['etag']);
    const second = await get('/some/path/assets/a.wasm', { 'if-none-match': tag });
    expect({ status: second.status, body: second.body }).toEqual({ status: 304, body: '' });
  });

  test.each([
    '/some/path/../../secret.txt',
    '/some/path/..%2f..%2fsecret.txt',
    '/some/path/%2e%2e/secret.txt',
    '/some/path/..%5csecret.txt',
    '/some/path//../secret.txt',
    '/some/path/%00',
    '/some/path/%zz',
    '/some/path/assets',
    '/some/path/none.js',
    '/index.html',
  ])('does not serve %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  test('answers only to GET and HEAD', async () => {
    expect((await get('/some/path/', {}, 'POST')).status).toBe(405);
    expect(await get('/some/path/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});
