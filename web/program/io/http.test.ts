import { describe, expect, test } from '@jest/globals';
import { Http, type Answer, type Asked, type HttpRequest } from './http.js';
import { NetResponse } from '../net/response.js';

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  followRedirects: true,
  credentials: 'same-origin',
  ...more,
});

const answering = (response: () => Answer['response'], seen: Asked[] = []): Http =>
  new Http((asked) => {
    seen.push(asked);
    const answer: Answer = { response: response(), url: asked.url.href, redirected: false };
    return Promise.resolve(answer);
  });

describe('a request', () => {
  test('gives its head, then its body piece by piece', async () => {
    const exchange = answering(
      () => new Response('text', { status: 201, statusText: 'Created', headers: { 'x-mine': 'yes' } }),
    ).open(request('https://a.example/x'));
    const { text, body } = await exchange.head();
    expect(text).toMatch(/^201\n0\nCreated\nhttps:\/\/a\.example\/x\n/);
    expect(text.split('\n').slice(4)).toEqual(expect.arrayContaining(['x-mine', 'yes']));
    expect(body).toBeNull();
    expect(new TextDecoder().decode((await exchange.read()) ?? undefined)).toBe('text');
    expect(await exchange.read()).toBeNull();
  });

  test('takes its body before the program’s memory can change', async () => {
    const seen: Asked[] = [];
    const memory = new TextEncoder().encode('before');
    await answering(() => new Response(), seen).open(request('https://a.example/', { method: 'POST', body: memory })).head();
    memory.fill(0);
    expect(await seen[0]?.request?.text()).toBe('before');
  });

  test('takes its headers as lines, as the program sends them', async () => {
    const seen: Asked[] = [];
    const lines = 'x-mine\nyes\nx-empty\n\n';
    await answering(() => new Response(), seen).openFlat('GET', 'https://a.example/', lines, true, 'omit').head();
    const headers = seen[0]?.request?.headers;
    expect([headers?.get('x-mine'), headers?.get('x-empty')]).toEqual(['yes', '']);
  });

  test('that says nothing but its URL needs no Request', async () => {
    const seen: Asked[] = [];
    const http = answering(() => new Response(), seen);
    await http.open(request('https://a.example/')).head();
    await http.open(request('https://a.example/', { headers: [['x-mine', 'yes']] })).head();
    await http.open(request('https://a.example/', { credentials: 'include' })).head();
    expect(seen.map(({ request }) => request === undefined)).toEqual([true, false, false]);
  });

  test('has a body that is there already with its head, and once more when it is read', async () => {
    const whole = new TextEncoder().encode('whole');
    const exchange = answering(() => new NetResponse(whole)).open(request('https://a.example/'));
    expect((await exchange.head()).body).toEqual(whole);
    expect(await exchange.read()).toEqual(whole);
    expect(await exchange.read()).toBeNull();
  });

  test('is aborted with its signal', async () => {
    const seen: Asked[] = [];
    const exchange = answering(() => new Response('x'), seen).open(request('https://a.example/'));
    await exchange.head();
    exchange.abort();
    expect(seen[0]?.signal.aborted).toBe(true);
  });

  test('without an answer tells of CORS too, which a browser does not', async () => {
    const http = new Http(() => Promise.reject(new TypeError('Failed to fetch')));
    const exchange = http.open(request('https://a.example/'));
    await expect(exchange.head()).rejects.toMatchObject({ name: 'ConnectionError' });
    await expect(exchange.head()).rejects.toThrow('CORS');
  });

  test('whose body breaks off says so', async () => {
    const broken = new ReadableStream({ pull: (controller) => { controller.error(new TypeError('network error')); } });
    const exchange = answering(() => new Response(broken)).open(request('https://a.example/'));
    await exchange.head();
    await expect(exchange.read()).rejects.toMatchObject({ name: 'PayloadError' });
  });

  test('that must not be redirected hides nothing of it', async () => {
    const exchange = answering(() => new Response(null, { status: 302 })).open(
      request('https://a.example/', { followRedirects: false }),
    );
    await expect(exchange.head()).rejects.toThrow('redirects elsewhere');
  });

  test.each([
    ['nonsense', 'it must be absolute'],
    ['ftp://a.example/', 'fetch knows no ftp:'],
    ['https://user:word@a.example/', 'takes no user name or password'],
  ])('to %s is refused with a sentence', async (url, sentence) => {
    const exchange = answering(() => new Response()).open(request(url));
    await expect(exchange.head()).rejects.toMatchObject({ name: 'InvalidUrl' });
    await expect(exchange.head()).rejects.toThrow(sentence);
  });
});
