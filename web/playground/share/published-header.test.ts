import { expect, test } from '@jest/globals';
import { publishedHeader } from './published-header.js';

const answering = (status: number, headers: Record<string, string> = {}): typeof fetch => () => Promise.resolve(new Response(null, { status, headers }));
const forAll = { 'access-control-allow-origin': '*' };
const unasked: typeof fetch = () => Promise.reject(new Error('asked'));

test('the header is beside the page, whatever is in its address', async () => {
  const asked: string[] = [];
  const { url } = await publishedHeader('https://example.org/docs/playground/index.html?clock=fast#code=1.x', (input, init) => {
    asked.push(`${init?.method} ${input instanceof URL ? input.href : ''}`);
    return answering(200, forAll)('');
  });
  expect(url).toBe('https://example.org/docs/playground/asyncio.hpp');
  expect(asked).toEqual(['HEAD https://example.org/docs/playground/asyncio.hpp']);
});

test.each([
  ...['http://example.org/', 'http://127.0.0.1:8080/', 'file:///home/x/index.html', 'https://localhost/', 'https://box.local/'],
  ...['https://192.168.1.4/', 'https://[::1]/', 'https://172.20.0.2/'],
])('a page at %s is not public', async (page) => {
  expect((await publishedHeader(page, unasked)).problem).toMatch(/This one is not public/);
});

test.each([
  ['is not there', answering(404, forAll), /example\.org\/asyncio\.hpp is not there \(404\)/],
  ['is kept from other sites', answering(200), /must send “Access-Control-Allow-Origin: \*”/],
  ['cannot be reached', unasked, /cannot be reached: asked/],
])('a header that %s is said to be so', async (_how, ask, problem) => {
  const found = await publishedHeader('https://example.org/', ask);
  expect(found.url).toBeUndefined();
  expect(found.problem).toMatch(problem);
});
