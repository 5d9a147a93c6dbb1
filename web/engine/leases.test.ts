import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Leases } from './leases.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('what nobody holds is let go after a while', () => {
  const letGo = jest.fn();
  const leases = new Leases(1_000, letGo);
  const [one, other] = [leases.hold(), leases.hold()];
  one();
  one();
  jest.advanceTimersByTime(5_000);
  expect(letGo).not.toHaveBeenCalled();
  other();
  jest.advanceTimersByTime(999);
  expect(letGo).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(letGo).toHaveBeenCalledTimes(1);
});

test('what is held again in the meantime is kept', () => {
  const letGo = jest.fn();
  const leases = new Leases(1_000, letGo);
  leases.hold()();
  jest.advanceTimersByTime(900);
  const end = leases.hold();
  jest.advanceTimersByTime(5_000);
  expect(letGo).not.toHaveBeenCalled();
  end();
  jest.advanceTimersByTime(1_000);
  expect(letGo).toHaveBeenCalledTimes(1);
});
