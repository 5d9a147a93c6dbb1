import { describe, expect, test } from '@jest/globals';
import { Http, type Answer, type Asked, type HttpRequest } from './http.js';
import { NetResponse } from '../net/response.js';

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  streamed: false,
  followRedirects: true,
  credentials: 'same-origin',
  ...more,
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

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
    await answering(() => new Response(), seen).openFlat('GET', 'https://a.example/', lines, true, 'omit', false).head();
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

  test('streams its body as it is asked for, where the server takes it so', async () => {
    const seen: string[] = [];
    const http = new Http(async (asked) => {
      const reader = asked.request?.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) seen.push(piece.value);
      return { response: new Response(), url: asked.url.href, redirected: false };
    });
    const exchange = http.open(request('https://a.example/', { method: 'POST', streamed: true }));
    expect(await exchange.write(utf8('one'))).toBe(true);
    expect(await exchange.write(utf8('two'))).toBe(true);
    expect(await exchange.write(null)).toBe(true);
    expect((await exchange.head()).text).toMatch(/^200\n/);
    expect(seen).toEqual(['one', 'two']);
  });

  test('collects a streamed body for a server that takes no pieces', async () => {
    const seen: string[] = [];
    const http = new Http(async (asked) => {
      if (seen.push(asked.request?.body == null ? 'none' : 'body') === 1) throw new TypeError('Failed to fetch');
      seen.push((await asked.request?.text()) ?? '');
      return { response: new Response(), url: asked.url.href, redirected: false };
    });
    const exchange = http.open(request('https://a.example/', { method: 'POST', streamed: true }));
    for (const piece of ['one ', 'two']) expect(await exchange.write(utf8(piece))).toBe(true);
    await exchange.write(null);
    expect((await exchange.head()).text).toMatch(/^200\n/);
    expect(seen).toEqual(['body', 'body', 'one two']);
  });

  test('is not sent a second time once any of its body was asked for', async () => {
    let times = 0;
    const http = new Http(async (asked) => {
      times += 1;
      await asked.request?.body?.getReader().read();
      throw new TypeError('network error');
    });
    const exchange = http.open(request('https://a.example/', { method: 'POST', streamed: true }));
    expect(await exchange.write(utf8('one'))).toBe(true);
    await expect(exchange.head()).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(await exchange.write(utf8('two'))).toBe(false);
    expect(times).toBe(1);
  });

  test('wants no more of its body once it is answered or aborted', async () => {
    const answered = answering(() => new Response(null, { status: 413 })).open(
      request('https://a.example/', { method: 'POST', streamed: true }),
    );
    expect((await answered.head()).text).toMatch(/^413\n/);
    expect(await answered.write(utf8('late'))).toBe(false);
    const aborted = new Http(() => new Promise(() => undefined)).open(
      request('https://a.example/', { method: 'POST', streamed: true }),
    );
    const writing = aborted.write(utf8('never'));
    aborted.abort();
    expect(await writing).toBe(false);
  });

  test.each([
    ['a body where none may be', { body: new Uint8Array([1]) }],
    ['a method that browsers refuse', { method: 'TRACE' }],
    ['a method that is none', { method: 'GE T' }],
  ])('with %s cannot be made', async (_what, more) => {
    const exchange = answering(() => new Response()).open(request('https://a.example/', more));
    await expect(exchange.head()).rejects.toMatchObject({ name: 'RequestError' });
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
    await expect(exchange.head()).rejects.toThrow('redirects, which this request does not allow');
  });

  test.each([
    ['nonsense', 'it must be absolute'],
    ['ftp://a.example/', 'fetch does not support ftp:'],
    ['https://user:word@a.example/', 'does not accept a user name or password'],
  ])('to %s is refused with a sentence', async (url, sentence) => {
    const exchange = answering(() => new Response()).open(request(url));
    await expect(exchange.head()).rejects.toMatchObject({ name: 'InvalidUrl' });
    await expect(exchange.head()).rejects.toThrow(sentence);
  });
});
