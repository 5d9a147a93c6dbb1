import { expect, test } from '@jest/globals';
import type { ServedRequest } from '../../protocol/servers.js';
import { ServedRequests } from './served-requests.js';

const request = (number: number, status = 0): ServedRequest => ({
  ...{ number, status, server: '127.0.0.1:8080', method: 'GET', target: '/', took: 0, task: 1, taskName: 'Task-1' },
  state: status === 0 ? 'open' : 'answered',
});
const numbers = (from: number, to: number): ServedRequest[] => Array.from({ length: to - from + 1 }, (_unused, at) => request(from + at));

test('the newest requests are kept, the newest first', () => {
  const served = new ServedRequests();
  served.add(numbers(1, 150));
  served.add(numbers(151, 300));
  const kept = served.newestFirst().map(({ number }) => number);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, 300, 101]);
});

test('a request that is kept changes in its place, one that was dropped stays away', () => {
  const served = new ServedRequests();
  served.add(numbers(1, 201));
  served.add([request(1, 200), request(5, 404)]);
  expect(served.newestFirst().length).toBe(200);
  expect(served.newestFirst().find(({ number }) => number === 5)?.status).toBe(404);
  expect(served.newestFirst().some(({ number }) => number === 1)).toBe(false);
});

test('another run begins with none', () => {
  const served = new ServedRequests();
  served.add(numbers(1, 3));
  served.clear();
  served.add(numbers(1, 1));
  expect(served.newestFirst().map(({ number }) => number)).toEqual([1]);
});
