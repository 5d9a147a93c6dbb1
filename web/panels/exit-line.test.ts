import { expect, test } from '@jest/globals';
import { exitLine } from './exit-line.js';

test('a good end says its code, the time of the program itself, and the compiler\'s apart from it', () => {
  expect(
    exitLine(
      { type: 'complete', exitCode: 0 },
      { compileMs: 412.4, linkMs: 31.2, firstOutputMs: 520, totalMs: 1130 },
      { ranMs: 610 },
    ),
  ).toEqual({
    voice: 'success',
    text: 'Finished, exit code 0 · ran 610 ms · compile 412 ms · link 31 ms',
  });
});

test('a program that was compiled with the site has no times of a compiler', () => {
  const timings = { compileMs: 0, linkMs: 0, firstOutputMs: 40, totalMs: 250 };
  expect(exitLine({ type: 'complete', exitCode: 0 }, timings, { ranMs: 211 }).text).toBe('Finished, exit code 0 · ran 211 ms');
});

test('an exit code other than 0 is a failure', () => {
  expect(exitLine({ type: 'complete', exitCode: 3 }, { totalMs: 10 }, { ranMs: 4 })).toEqual({
    voice: 'failure',
    text: 'Finished with exit code 3 · ran 4 ms',
  });
});

test('an end after Stop is told as one', () => {
  const after = (exitCode: number): string =>
    exitLine({ type: 'complete', exitCode, afterStop: true }, { totalMs: 10 }, {}).text;
  expect(after(0)).toBe('Finished after Stop, exit code 0');
  expect(after(3)).toBe('Finished after Stop with exit code 3');
});

test('a crash says what happened', () => {
  const { text } = exitLine(
    { type: 'crash', exitCode: 134, message: 'uncaught exception std::runtime_error: no' },
    { totalMs: 10 },
    {},
  );
  expect(text).toContain('Crashed with exit code 134: uncaught exception std::runtime_error: no');
});

test('Stop says whether force was needed', () => {
  expect(exitLine({ type: 'stopped', forced: false }, { totalMs: 1 }, {}).text).toBe('Stopped');
  expect(exitLine({ type: 'stopped', forced: true }, { totalMs: 1 }, {}).text).toMatch(/^Stopped by force/);
});

test('a compile error says how many there are', () => {
  expect(exitLine({ type: 'compile-error', errors: 1 }, { compileMs: 90, totalMs: 99 }, {}).text).toBe('Not run: 1 error · compile 90 ms');
  expect(exitLine({ type: 'compile-error', errors: 2 }, { totalMs: 1 }, {}).text).toBe('Not run: 2 errors');
});

test('what the run used is told where it is known', () => {
  const used = (memoryBytes: number | undefined, tasks: number | undefined): string =>
    exitLine({ type: 'complete', exitCode: 0 }, { totalMs: 10 }, { ranMs: 10, memoryBytes, tasks }).text;
  expect(used(18_900_000, 1)).toMatch(/ran 10 ms · 1 task · memory 18.9 MB$/);
  expect(used(undefined, 1_000_000)).toMatch(/ran 10 ms · 1,000,000 tasks$/);
  expect(used(undefined, 0)).toMatch(/ · 0 tasks$/);
});

test('what was measured has a line of its own below a traceback', () => {
  const { text } = exitLine({ type: 'crash', exitCode: 134, message: 'Uncaught exception E\nTraceback (innermost last):\n  main.cpp:4, in f' }, { totalMs: 12 }, { ranMs: 9, tasks: 2 });
  expect(text.split('\n').slice(-2)).toEqual(['  main.cpp:4, in f', 'ran 9 ms · 2 tasks']);
});
