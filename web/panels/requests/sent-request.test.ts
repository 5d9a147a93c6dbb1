import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ANSWER_LIMIT_MS, SentRequest } from './sent-request.js';

let closed: number;
let paused: boolean;
let changes: number;
let sent: SentRequest;

beforeEach(() => {
  jest.useFakeTimers();
  closed = 0;
  paused = false;
  changes = 0;
  sent = new SentRequest({
    now: () => Date.now(),
    isPaused: () => paused,
    close: () => {
      closed += 1;
    },
    changed: () => {
      changes += 1;
    },
  });
});

afterEach(() => {
  jest.useRealTimers();
});

const head = { kind: 'head', status: 200, reason: 'OK', headers: [] as [string, string][] } as const;
const piece = (size: number) => ({ kind: 'body', bytes: new ArrayBuffer(size) }) as const;

describe('a request of the page', () => {
  test('gathers its answer, and knows how long it took', () => {
    jest.advanceTimersByTime(5);
    sent.hear({ ...head, headers: [...head.headers] });
    sent.hear(piece(3));
    sent.hear(piece(4));
    expect([sent.end, sent.size, sent.ms]).toEqual([undefined, 7, 5]);
    jest.advanceTimersByTime(10);
    sent.hear({ kind: 'end', cut: false });
    jest.advanceTimersByTime(1_000);
    expect([sent.end, sent.head?.status, sent.body().length, sent.ms, closed, changes]).toEqual(['whole', 200, 7, 15, 0, 4]);
  });

  test('that gets no answer is given up after a while', () => {
    jest.advanceTimersByTime(ANSWER_LIMIT_MS - 1);
    expect(sent.end).toBeUndefined();
    jest.advanceTimersByTime(1);
    expect([sent.end, closed]).toEqual(['overdue', 1]);
  });

  test('of a paused program waits until that goes on', () => {
    paused = true;
    jest.advanceTimersByTime(3 * ANSWER_LIMIT_MS);
    expect(sent.end).toBeUndefined();
    paused = false;
    jest.advanceTimersByTime(ANSWER_LIMIT_MS);
    expect(sent.end).toBe('overdue');
  });

  test('whose answer has begun may take as long as it likes', () => {
    sent.hear({ ...head, headers: [] });
    jest.advanceTimersByTime(10 * ANSWER_LIMIT_MS);
    expect(sent.end).toBeUndefined();
  });

  test('is cancelled once, and what comes later is not heard', () => {
    sent.cancel();
    sent.cancel();
    sent.hear({ ...head, headers: [] });
    sent.programEnded();
    expect([sent.end, sent.head, closed]).toEqual(['cancelled', undefined, 1]);
  });

  test('ends with the program', () => {
    sent.programEnded();
    expect([sent.end, closed]).toEqual(['program-ended', 0]);
  });

  test('keeps a bounded part of what a program sends without end', () => {
    sent.hear({ ...head, headers: [] });
    for (let count = 0; count < 5; count += 1) sent.hear(piece(700_000));
    expect([sent.end, sent.size, closed]).toEqual(['cut', 1024 * 1024, 1]);
  });
});
