import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HttpServer } from './http-server.js';
import { printedLines } from './program/good-end.js';
import { ProgramPage } from './program/program-page.js';

let page: ProgramPage;
let server: HttpServer;
let cases: string;

beforeAll(async () => {
  server = await HttpServer.open();
  page = await ProgramPage.open();
  cases = page.build('http-cases', '1');
});

afterAll(async () => {
  // The browser reports each refused or aborted request.
  page.forgetErrors(/Failed to load resource|blocked by CORS|ERR_/);
  await page.close();
  await server.close();
});

const linesOf = async (name: string): Promise<string[]> => printedLines(await page.run(cases, [name, server.url]));

describe('HTTP over the network', () => {
  test('makes every kind of request, with headers, query and body', async () => {
    const lines = await linesOf('methods');
    const sent = (method: string): unknown => ({
      method,
      query: '?x=1',
      mine: 'yes',
      type: method === 'GET' ? '' : expect.any(String),
      body: method === 'GET' ? '' : 'body',
    });
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
    expect(lines.slice(0, -1).map((line) => JSON.parse(line) as unknown)).toEqual(methods.map(sent));
    expect(lines.at(-1)).toBe('HEAD 200 []');
  });

  test('returns statuses', async () => {
    expect(await linesOf('statuses')).toEqual([
      '200 OK true',
      '204 No Content true',
      '304 Not Modified true',
      "404 Not Found false",
      "418 I'm a Teapot false",
      '500 Internal Server Error false',
      '503 Service Unavailable false',
      '404',
    ]);
  });

  test('follows redirects, or says that it must not', async () => {
    expect(await linesOf('redirects')).toEqual(['200 true /number/7', 'not followed: true']);
  });

  test('reads bodies in pieces, compressed, as text and as JSON', async () => {
    expect(await linesOf('bodies')).toEqual([
      'first line',
      'second line',
      'gzip 10000',
      'utf-8 a\uFFFDb',
      'application/json',
      'no JSON',
      'JSON nested more than 512 levels deep',
    ]);
  });

  test('sends forms and files as a browser reads them', async () => {
    expect(await linesOf('forms')).toEqual([
      String.raw`{"name":"Grüße & \"more\""} "\u0000\r\n--x"`,
      '{"a b":"1&2"}',
    ]);
  });

  test('raises errors by their kind, and the loop goes on', async () => {
    expect(await linesOf('errors')).toEqual([
      'payload',
      'cors true',
      'connection',
      'url',
      'url',
      'url',
      'url',
      'header',
      'timeout',
      'negative timeout',
      'method',
      'method',
      'the loop goes on: 200',
    ]);
  });

  test('is seen to be aborted by the server within 100 ms of the cancel', async () => {
    server.slow.length = 0;
    expect(await linesOf('cancelled')).toEqual(['cancelled', 'cancelled']);
    const took = server.slow.map(({ came, gone = Infinity }) => gone - came);
    console.log(`from the request to its abort, cancelled after 150 ms: ${took.map(Math.round).join(' ms, ')} ms`);
    expect(took.length).toBe(2);
    for (const ms of took) expect(ms).toBeLessThan(250);
  });

  test('makes 1,000 requests through a semaphore of 50 without losing one', async () => {
    expect(await linesOf('many')).toEqual([String((999 * 1000) / 2)]);
  });

  test('streams 200 MB with memory flat', async () => {
    const [line = ''] = await linesOf('large');
    const [bytes, megabytes] = line.split(' ').map(Number);
    console.log(`200 MB streamed; the program's memory is ${megabytes} MB`);
    expect(bytes).toBe(200 * 1024 * 1024);
    expect(megabytes).toBeLessThan(64);
  });

  test('to the page’s own net costs at most 1.2 times as much as in JavaScript', async () => {
    const times = { program: [] as number[], fetch: [] as number[], bare: [] as number[] };
    for (let round = 0; round < 5; round += 1) {
      times.fetch.push(await page.ownNet('fetch', 10_000));
      times.program.push(Number((await linesOf('own net'))[0]));
      times.bare.push(await page.ownNet('bare', 10_000));
    }
    const ratio = median(times.program.map((ms, round) => ms / (times.fetch[round] ?? NaN)));
    // Other load on the machine only adds to a time.
    const least = Math.min(...times.program) / Math.min(...times.fetch);
    console.log(
      `10,000 requests to the page's own net, medians of 5: ${Math.round(median(times.program))} ms, ` +
        `by JavaScript's Request and Response ${Math.round(median(times.fetch))} ms, ` +
        `without them ${Math.round(median(times.bare))} ms; ` +
        `ratio to the former ${ratio.toFixed(2)}, of the least times ${least.toFixed(2)}`,
    );
    expect(least).toBeLessThan(1.2);
  });
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
