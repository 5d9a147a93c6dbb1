import { describe, expect, test } from '@jest/globals';
import type { Clock } from './clock.js';
import { Net } from './net.js';
import { Random } from './random.js';

type Answer = Awaited<ReturnType<Net['fetch']>>;

/** Time that passes only by sleeping. */
class TestClock implements Clock {
  #now = 0;
  now(): number {
    return this.#now;
  }
  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

function net(seed = 1): { clock: TestClock; get: (url: string, init?: RequestInit) => Promise<Answer> } {
  const clock = new TestClock();
  const made = new Net({ clock, random: new Random(seed) });
  return { clock, get: (url, init) => made.fetch(new Request(url, init)) };
}

const body = async ({ response }: Answer): Promise<Record<string, unknown>> =>
  (await response.json()) as Record<string, unknown>;

describe('the page’s own net', () => {
  test('serves what ends in .test and nothing else', () => {
    expect(Net.serves(new URL('https://httpbin.test/get'))).toBe(true);
    expect(Net.serves(new URL('https://test.example.org/get'))).toBe(false);
  });

  test('knows no other host of that ending', async () => {
    await expect(net().get('https://nobody.test/')).rejects.toMatchObject({ name: 'ConnectionError' });
  });

  test('follows redirects and says where it ended', async () => {
    const { response, url, redirected } = await net().get('https://httpbin.test/redirect/3');
    expect([response.status, url, redirected]).toEqual([200, 'https://httpbin.test/get', true]);
  });

  test('gives up on redirects without end', async () => {
    await expect(net().get('https://httpbin.test/redirect/30')).rejects.toThrow('more than 20 redirects');
  });

  test('leaves a redirect alone when told so', async () => {
    const { response, redirected } = await net().get('https://httpbin.test/redirect/1', { redirect: 'manual' });
    expect([response.status, redirected]).toEqual([302, false]);
  });

  test('turns a POST into a GET where a browser does', async () => {
    const { get } = net();
    const after = (status: number): Promise<Answer> =>
      get(`https://httpbin.test/redirect-to?url=/anything&status_code=${status}`, { method: 'POST', body: 'data' });
    expect(await body(await after(302))).toMatchObject({ method: 'GET', data: '' });
    expect(await body(await after(307))).toMatchObject({ method: 'POST', data: 'data' });
  });

  test('answers HEAD without a body', async () => {
    const { response } = await net().get('https://httpbin.test/get', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('keeps cookies for who sends credentials', async () => {
    const { get } = net();
    const withCookies = await get('https://httpbin.test/cookies/set?a=1&b=2', { credentials: 'include' });
    expect(await body(withCookies)).toEqual({ cookies: { a: '1', b: '2' } });
    expect(await body(await get('https://httpbin.test/cookies'))).toEqual({ cookies: {} });
    await get('https://httpbin.test/cookies/delete?a', { credentials: 'include' });
    expect(await body(await get('https://httpbin.test/cookies', { credentials: 'include' }))).toEqual({
      cookies: { b: '2' },
    });
  });

  test('stops when it is aborted', async () => {
    const controller = new AbortController();
    const { response } = await net().get('https://httpbin.test/stream/5', { signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort();
    await expect(reader?.read()).rejects.toThrow();
  });
});

describe('httpbin.test', () => {
  test('shows a request as it came', async () => {
    const answer = await net().get('https://httpbin.test/anything?x=1&x=2', {
      method: 'PUT',
      body: '{"a": [1]}',
      headers: { 'x-mine': 'yes' },
    });
    expect(await body(answer)).toMatchObject({
      args: { x: ['1', '2'] },
      json: { a: [1] },
      method: 'PUT',
      headers: { 'x-mine': 'yes' },
    });
  });

  test('reads forms, with files too', async () => {
    const { get } = net();
    const files = new FormData();
    files.append('name', 'Ada');
    files.append('file', new Blob(['content']), 'a.txt');
    const post = async (sent: BodyInit, headers: HeadersInit = {}): Promise<Answer> =>
      get('https://httpbin.test/post', { method: 'POST', body: sent, headers });
    expect(await body(await post(files))).toMatchObject({ data: '', form: { name: 'Ada' }, files: { file: 'content' } });
    expect(await body(await post(new URLSearchParams('a=1&a=2')))).toMatchObject({ data: '', form: { a: ['1', '2'] }, files: {} });
    const { response } = await post('nonsense', { 'content-type': 'multipart/form-data; boundary=x' });
    expect(response.status).toBe(400);
  });

  test('takes as long as it is told', async () => {
    const { clock, get } = net();
    await get('https://httpbin.test/delay/2');
    expect(clock.now()).toBe(2000);
  });

  test('gives the same failures for the same seed', async () => {
    const statuses = async (seed: number): Promise<number[]> => {
      const { get } = net(seed);
      const seen: number[] = [];
      for (let i = 0; i < 20; i += 1) seen.push((await get('https://httpbin.test/status/200:0.5,503:0.5')).response.status);
      return seen;
    };
    expect(await statuses(7)).toEqual(await statuses(7));
    expect(await statuses(7)).not.toEqual(await statuses(8));
    expect(new Set(await statuses(7))).toEqual(new Set([200, 503]));
  });

  test('refuses what comes too fast, and says when to come again', async () => {
    const { clock, get } = net();
    const ask = async (): Promise<number> => (await get('https://httpbin.test/rate-limit/2/1')).response.status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    const { response } = await get('https://httpbin.test/rate-limit/2/1');
    expect(response.headers.get('retry-after')).toBe('1');
    await clock.sleep(1000, new AbortController().signal);
    expect(await ask()).toBe(200);
  });

  test('drips', async () => {
    const { clock, get } = net();
    const { response } = await get('https://httpbin.test/drip?numbytes=4&duration=2&delay=1');
    expect(await response.text()).toBe('****');
    expect(clock.now()).toBeGreaterThanOrEqual(3000);
  });

  test('checks a password', async () => {
    const { get } = net();
    const url = 'https://httpbin.test/basic-auth/me/secret';
    expect((await get(url)).response.status).toBe(401);
    const known = await get(url, { headers: { authorization: `Basic ${btoa('me:secret')}` } });
    expect(await body(known)).toEqual({ authenticated: true, user: 'me' });
  });

  test('breaks off in the middle of a body', async () => {
    const { response } = await net().get('https://httpbin.test/cut-off/100');
    await expect(response.bytes()).rejects.toThrow('network error');
  });

  test.each(['status/99', 'status/x', 'bytes/-1', 'bytes/1e30', 'delay/soon'])('refuses /%s', async (path) => {
    expect((await net().get(`https://httpbin.test/${path}`)).response.status).toBe(400);
  });
});

describe('api.test', () => {
  test('lists, adds, changes and removes', async () => {
    const { get } = net();
    const users = 'https://api.test/users';
    const { response } = await get(`${users}?limit=3&page=2`);
    expect(response.headers.get('x-total-count')).toBe('10');
    expect(await response.json()).toMatchObject([{ id: 4 }, { id: 5 }, { id: 6 }]);
    expect(await body(await get(users, { method: 'POST', body: '{"name": "Ken"}' }))).toEqual({ id: 11, name: 'Ken' });
    expect(await body(await get(`${users}/11`, { method: 'PATCH', body: '{"email": "k@api.test"}' }))).toMatchObject({ name: 'Ken' });
    expect((await get(`${users}/11`, { method: 'DELETE' })).response.status).toBe(204);
    expect((await get(`${users}/11`)).response.status).toBe(404);
  });

  test('gives a user’s posts', async () => {
    const { response } = await net().get('https://api.test/users/2/posts');
    expect(((await response.json()) as unknown[]).length).toBe(6);
  });

  test('refuses a body that is no object', async () => {
    expect((await net().get('https://api.test/users', { method: 'POST', body: '[1' })).response.status).toBe(422);
  });
});

test('pages.test: every page is reached from the first', async () => {
  const { get } = net();
  const seen = new Set(['/']);
  const waiting = ['/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = await (await get(`https://pages.test${path}`)).response.text();
    for (const [, link = ''] of text.matchAll(/href="([^"]+)"/g)) {
      if (!seen.has(link)) {
        seen.add(link);
        waiting.push(link);
      }
    }
  }
  expect(seen.size).toBe(24);
});
