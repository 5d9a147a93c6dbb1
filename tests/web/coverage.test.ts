import { describe, expect, test } from '@jest/globals';
import { percent, ranges, readLcov, total } from '../coverage/lcov.mjs';

const report = `SF:/x/lock.cpp
FN:3,f
DA:3,4
DA:4,0
DA:5,0
DA:9,0
BRDA:3,0,0,2
BRDA:3,0,1,0
BRDA:5,0,0,-
end_of_record
SF:/x/event.cpp
DA:1,1
end_of_record
`;

describe('an lcov report', () => {
  test('tells the lines and branches of each file, and which lines were not run', () => {
    expect([...readLcov(report)]).toEqual([
      ['/x/lock.cpp', { lines: { of: 4, run: 1 }, branches: { of: 3, run: 1 }, missed: [4, 5, 9] }],
      ['/x/event.cpp', { lines: { of: 1, run: 1 }, branches: { of: 0, run: 0 }, missed: [] }],
    ]);
  });

  test('has a total', () => {
    expect(total(readLcov(report).values())).toEqual({ lines: { of: 5, run: 2 }, branches: { of: 3, run: 1 } });
  });
});

test('lines that follow one another are named as a range', () => {
  expect(ranges([4, 5, 9])).toBe('4-5, 9');
  expect(ranges([])).toBe('');
});

test('without lines the coverage is complete', () => {
  expect(percent({ of: 0, run: 0 })).toBe(100);
  expect(percent({ of: 8, run: 2 })).toBe(25);
});
