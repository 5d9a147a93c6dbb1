import { expect, test } from '@jest/globals';
import { marks } from '../../bench/catalogue.mjs';
import { jsonReport, textReport } from '../../bench/report.mjs';

const summary = (nanoseconds: number, bytes?: number) => ({
  nanoseconds,
  least: nanoseconds,
  most: nanoseconds,
  ...(bytes === undefined ? {} : { bytes }),
});

const results = {
  machine: { Chrome: 'Chrome/150' },
  repetitions: 5,
  benchmarks: [
    { name: 'turn', what: 'a turn', medians: { wasm: summary(20), promises: summary(50), pyodide: summary(40_000) } },
    { name: 'sleepers-10k', what: 'a sleeper', medians: { wasm: summary(1000, 250) } },
    { name: 'sleepers-1m', what: 'a sleeper', medians: { wasm: summary(2000, 350), native: summary(1000, 400) } },
  ],
};

test('a mark is met at its limit and not beyond it', () => {
  const turn = (promises: number) => marks({ turn: { wasm: { nanoseconds: 10 }, promises: { nanoseconds: promises } } })[0];
  expect(turn(20)).toMatchObject({ value: 0.5, met: true });
  expect(turn(19)).toMatchObject({ met: false });
});

test('a mark whose benchmarks did not run is neither met nor missed', () => {
  expect(marks({}).map(({ value, met }) => [value, met])).toEqual(marks({}).map(() => [undefined, undefined]));
});

test('the object says how many times as long as the wasm build each other one takes', () => {
  const report = jsonReport(results);
  expect(report.benchmarks[0]?.ratios).toEqual({ promises: 2.5, pyodide: 2000 });
  expect(report.benchmarks[2]?.ratios).toEqual({ native: 0.5 });
  expect(report.marks.map(({ met }) => met)).toEqual([true, true, undefined, false, false, false]);
});

test('the table has a column for what was measured only, and says of each mark whether it is met', () => {
  const text = textReport(results);
  expect(text).toContain('50.0 ns (2.50)');
  expect(text).toContain('40.0 us (2000)');
  expect(text).toMatch(/memory +350 B +400 B \(1\.14\)/);
  expect(text).not.toContain('CPython');
  expect(text).toMatch(/turn of the loop \/ JS await +<= 0\.5 +0\.400 +met/);
  expect(text).toMatch(/seconds for 1,000,000 sleeping tasks +<= 1\.5 +2\.00 +NOT MET/);
  expect(text).toMatch(/await of a coroutine, wasm \/ native +<= 1\.1 +not measured/);
});
