import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ProgramPage, type Finished } from './program/program-page.js';

let page: ProgramPage;
let cases: string;

beforeAll(async () => {
  page = await ProgramPage.open();
  cases = page.build('cases');
});

afterAll(async () => {
  await page.close();
});

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');

describe('output', () => {
  test('of 100,000 lines arrives whole and in order, and the page stays responsive', async () => {
    const { stdout, outcome, totalMs, longestBlockMs } = await page.run(cases, ['100,000 lines']);
    expect(stdout).toBe(`${lines(100_000)}~global\n`);
    expect(outcome).toEqual({ type: 'complete', exitCode: 0 });
    expect(longestBlockMs).toBeLessThan(500);
    console.log(`100,000 lines: ${Math.round(totalMs)} ms, the page blocked for at most ${Math.round(longestBlockMs)} ms`);
  });

  test('to stdout and stderr keeps its order', async () => {
    const { chunks } = await page.run(cases, ['interleaved']);
    const expected = Array.from({ length: 2_000 }, (_, i) => `${i} out\n${i} err\n`).join('');
    expect(chunks.map(({ text }) => text).join('')).toBe(`${expected}~global\n`);
  });

  test('arrives as time passes, also without the end of a line', async () => {
    const { chunks, stdout } = await page.run(cases, ['sleeps']);
    expect(stdout).toBe('0 1 2 3 ~global\n');
    const at = ['0 ', '1 ', '2 ', '3 '].map((text) => chunks.find((chunk) => chunk.text === text)?.at ?? NaN);
    for (const index of [1, 2, 3]) expect((at[index] ?? NaN) - (at[index - 1] ?? NaN)).toBeGreaterThan(80);
  });

  test('may split characters between writes', async () => {
    const { stdout, stderr } = await page.run(cases, ['split characters']);
    expect({ stdout, stderr }).toEqual({ stdout: 'grüße, 世界 🎉\n~global\n', stderr: 'grüße, 世界 🎉\n' });
  });

  test('without a last newline is not lost', async () => {
    const { stdout, stderr } = await page.run(cases, ['no last newline']);
    expect({ stdout, stderr }).toEqual({ stdout: 'no newline~global\n', stderr: 'nor here' });
  });

  test('can go to files', async () => {
    expect((await page.run(cases, ['files'])).stdout).toBe('kept\n~global\n');
  });
});

describe('standard input', () => {
  test('is read with std::cin and getline, then ends', async () => {
    const { stdout } = await page.run(cases, ['cin'], '12 34\nsecond line\n');
    expect(stdout).toBe('46 [second line] end\n~global\n');
  });

  test('is read with scanf, then ends', async () => {
    expect((await page.run(cases, ['scanf'], '12 34 word')).stdout).toBe('46 word 0\n~global\n');
  });
});

describe('a program ends', () => {
  test('with its exit code, after atexit and the destructors of statics but not of locals', async () => {
    const { stdout, outcome } = await page.run(cases, ['exit']);
    expect({ stdout, outcome }).toEqual({ stdout: 'atexit\n~global\n', outcome: { type: 'complete', exitCode: 3 } });
  });

  test('with the exit code of an exit inside a coroutine', async () => {
    const { stdout, outcome } = await page.run(cases, ['exit in a coroutine']);
    expect({ stdout, outcome }).toEqual({ stdout: '~global\n', outcome: { type: 'complete', exitCode: 4 } });
  });

  test('with the exit code of _Exit, and nothing else', async () => {
    const { stdout, outcome } = await page.run(cases, ['_Exit']);
    expect({ stdout, outcome }).toEqual({ stdout: '', outcome: { type: 'complete', exitCode: 5 } });
  });

  test('with the exit code of main', async () => {
    expect((await page.run(cases, ['what is not there'])).outcome).toEqual({ type: 'complete', exitCode: 2 });
  });

  test('in its own terminate handler', async () => {
    const { stdout, outcome } = await page.run(cases, ['custom terminate']);
    expect({ stdout, outcome }).toEqual({
      stdout: 'my handler\n~global\n',
      outcome: { type: 'complete', exitCode: 9 },
    });
  });
});

describe('a crash is described in words', () => {
  test.each([
    ['throws runtime_error', 134, 'Uncaught exception std::runtime_error: it broke'],
    ['throws an int', 134, 'Uncaught exception int: 42'],
    ['throws text', 134, 'Uncaught exception char const*: just text'],
    ['throws a plain class', 134, 'Uncaught exception (anonymous namespace)::Plain'],
    ['throws from noexcept', 134, 'Uncaught exception std::out_of_range: vector'],
    ['throws after a wait', 134, 'Uncaught exception std::invalid_argument: after a wait'],
    ["throws a library's error", 134, /^Uncaught exception asyncio::DeadlockError: /],
    ['throws nested', 134, /std::runtime_error.*: outer\n {2}caused by .*Derived: inner/],
    ['std::terminate', 134, 'The program called std::terminate.'],
    ['abort', 134, 'The program called abort.'],
    ['assert', 134, /^Assertion failed: opaque\(1\) == 2 .*\n {2}at main\.cpp:\d+, in asserts/],
    ['exhausts memory', 134, /std::bad_alloc.*out of memory: a program can use up to 1024 MiB/],
    ['too much at once', 134, /std::(length_error|bad_alloc)/],
    ['trap', 132, /must never run/],
    ['divides by zero', 136, 'Integer division by zero.'],
    ['overflowing division', 136, /overflowed/],
    ['reads out of bounds', 139, /out of bounds/],
    ['calls a function of another type', 139, /function pointer/],
    ['calls null', 139, /function pointer/],
    ['recursion', 139, /^Stack overflow/],
    ['recursion with arrays', 139, /^Stack overflow/],
    ['recursion of noexcept functions', 139, /^Stack overflow/],
  ])('%s', async (name, exitCode, message) => {
    const { outcome } = await page.run(cases, [name]);
    expect(outcome).toMatchObject({ type: 'crash', exitCode });
    if (outcome.type === 'crash') expect(outcome.message).toMatch(message);
  });

  test.each(['abort', 'throws runtime_error', 'reads out of bounds'])('and loses no output: %s', async (name) => {
    expect((await page.run(cases, [name])).stdout).toBe('before');
  });
});

describe('what C++ needs of two modules', () => {
  test('exceptions thrown in one are caught by type in the other', async () => {
    const { stdout } = await page.run(cases, ['catches across modules']);
    expect(stdout).toBe('caught St12out_of_range\ncaught a cancel\n~global\n');
  });

  test('setjmp and longjmp', async () => {
    expect((await page.run(cases, ['jumps'])).stdout).toBe('jumped\n~global\n');
  });

  test("a global variable may have a libc function's name", async () => {
    const module = page.modules.build(
      'names',
      '#include <cstdio>\nint index[3] = {1, 2, 3};\nint* last = &index[2];\nint main() { std::printf("%d %d\\n", index[1], *last); }\n',
      '0',
      { precompiled: false },
    );
    expect((await page.run(module)).stdout).toBe('2 3\n');
  });

  test('JavaScript in it: EM_JS, EM_ASM, emscripten::val', async () => {
    const module = page.modules.build(
      'javascript',
      '#include <cstdio>\n#include <emscripten.h>\n#include <emscripten/val.h>\n' +
        'EM_JS(int, add, (int a, int b), { return a + b; });\n' +
        'int main() {\n' +
        '  const int product = EM_ASM_INT({ return $0 * $1; }, 6, 7);\n' +
        '  const int rounded = emscripten::val::global("Math").call<int>("floor", 2.9);\n' +
        '  std::printf("%d %d %d\\n", add(2, 3), product, rounded);\n}\n',
    );
    const { stdout, outcome } = await page.run(module);
    expect({ stdout, outcome }).toEqual({ stdout: '5 42 2\n', outcome: { type: 'complete', exitCode: 0 } });
  });
});

describe('a program that cannot be run', () => {
  const message = ({ outcome }: Finished): string => (outcome.type === 'crash' ? outcome.message : outcome.type);

  test('has no main', async () => {
    const module = page.modules.build('no-main', 'int helper() { return 1; }\n');
    expect(message(await page.run(module))).toMatch(/no main function/);
  });

  test('uses what is declared but not defined', async () => {
    const module = page.modules.build('undefined', 'namespace zoo { int feed(int, const char*); }\nint main() { return zoo::feed(1, ""); }\n');
    expect(message(await page.run(module))).toMatch(/declared but not defined:\n {2}zoo::feed\(int, char const\*\)/);
  });

  test('is refused by its static constructor', async () => {
    const module = page.modules.build(
      'constructor',
      '#include <stdexcept>\nstruct S { S() { throw std::logic_error("too early"); } } s;\nint main() {}\n',
    );
    expect(message(await page.run(module))).toBe('Uncaught exception std::logic_error: too early');
  });
});

describe('waiting', () => {
  test('a static constructor may run a loop', async () => {
    const module = page.modules.build(
      'static-loop',
      '#include <asyncio.hpp>\n#include <cstdio>\n' +
        'asyncio::Coro<int> later() { co_await asyncio::sleep(0.02); co_return 7; }\n' +
        'int number = asyncio::run(later());\n' +
        'int main() { std::printf("%d\\n", number); }\n',
    );
    expect((await page.run(module)).stdout).toBe('7\n');
  });

  test('the output of a thread that sleeps is visible', async () => {
    const { chunks } = await page.run(cases, ['blocks the thread']);
    const [before, after] = chunks;
    expect(before?.text).toBe('before ');
    expect((after?.at ?? NaN) - (before?.at ?? NaN)).toBeGreaterThan(150);
  });

  test('short sleeps are not extended to the 4 ms of nested timers', async () => {
    const { stdout } = await page.run(cases, ['short sleeps']);
    const means = stdout.split('\n').map((line) => line.split(' ').map(Number));
    expect(means[1]?.[0]).toBe(1000);
    expect(means[1]?.[1]).toBeGreaterThanOrEqual(1000);
    expect(means[1]?.[1]).toBeLessThan(3500);
  });

  test('async_main in place of main', async () => {
    const module = page.modules.build(
      'async-main',
      '#include <asyncio.hpp>\n#include <cstdio>\n' +
        'asyncio::Coro<int> async_main() { co_await asyncio::sleep(0.01); std::puts("here"); co_return 6; }\n',
    );
    const { stdout, outcome } = await page.run(module);
    expect({ stdout, outcome }).toEqual({ stdout: 'here\n', outcome: { type: 'complete', exitCode: 6 } });
  });
});

describe('where nothing can block', () => {
  test('a loop at the end of main runs on', async () => {
    const { stdout, outcome, chunks } = await page.run(cases, ['sleeps'], '', 'detached');
    expect({ stdout, outcome }).toEqual({ stdout: '0 1 2 3 ~global\n', outcome: { type: 'complete', exitCode: 0 } });
    expect((chunks[3]?.at ?? NaN) - (chunks[0]?.at ?? NaN)).toBeGreaterThan(250);
  });

  test('an uncaught exception is reported', async () => {
    const { outcome } = await page.run(cases, ['throws after a wait'], '', 'detached');
    expect(outcome).toMatchObject({ type: 'crash', exitCode: 134 });
  });

  test('Stop cancels the main task', async () => {
    const running = await page.start(cases, ['waits for ever'], '', 'detached');
    await running.printed('working');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toContain('cancelled\ncleaned up\n~local\n');
    expect(outcome).toEqual({ type: 'stopped', forced: false });
  });
});

describe('Stop', () => {
  test.each(['waits for ever', 'busy for ever'])('lets a program clean up that %s', async (name) => {
    const running = await page.start(cases, [name]);
    await running.printed('working');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toBe('working\ncancelled\ncleaned up\n~local\n~global\n');
    expect(outcome).toEqual({ type: 'stopped', forced: false });
  });

  test('ends a thread that sleeps', async () => {
    const running = await page.start(cases, ['blocks the thread for long']);
    await running.printed('asleep');
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: false });
  });

  test('ends a program that spins', async () => {
    const running = await page.start(cases, ['5,000 lines, then spin']);
    await running.printed('line 4999');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toBe(lines(5_000));
    expect(outcome).toEqual({ type: 'stopped', forced: true });
  });

  test('loses none of many lines before an endless loop', async () => {
    const running = await page.start(cases, ['100,000 lines, then spin']);
    await running.printed('line 99999\n');
    await running.stop();
    const { stdout, outcome } = await running.finished();
    expect(stdout).toBe(lines(100_000));
    expect(outcome).toEqual({ type: 'stopped', forced: true });
  });

  test('ends a program that prints for ever, and the page stays responsive', async () => {
    const running = await page.start(cases, ['flood']);
    await running.printed('line 50000\n');
    await running.stop();
    const { stdout, outcome, longestBlockMs } = await running.finished();
    expect(outcome).toEqual({ type: 'stopped', forced: true });
    const all = stdout.split('\n');
    expect(all.slice(0, -1).every((line, index) => line === `line ${index}`)).toBe(true);
    expect(longestBlockMs).toBeLessThan(500);
  });

  test('a second Stop ends a program that ignores the first', async () => {
    const running = await page.start(cases, ['ignores the cancel']);
    await running.printed('working');
    await running.stop();
    await running.printed('not now');
    await running.stop();
    expect((await running.finished()).outcome).toEqual({ type: 'stopped', forced: true });
  });
});

describe('runs beside each other', () => {
  test('are independent', async () => {
    const spinning = await page.start(cases, ['5,000 lines, then spin']);
    const waiting = await page.start(cases, ['waits for ever']);
    const { stdout } = await page.run(cases, ['cin'], '1 2\nother\n');
    expect(stdout).toBe('3 [other] end\n~global\n');
    await waiting.printed('working');
    await waiting.stop();
    expect((await waiting.finished()).outcome).toEqual({ type: 'stopped', forced: false });
    await spinning.printed('line 4999');
    await spinning.stop();
    expect((await spinning.finished()).outcome).toEqual({ type: 'stopped', forced: true });
  });
});

test('a program starts at once', async () => {
  const module = page.modules.build('hello', '#include <cstdio>\nint main() { std::puts("hello"); }\n');
  const times: number[] = [];
  for (let i = 0; i < 5; ++i) times.push((await page.run(module)).firstOutputMs);
  console.log(`run() to first output: ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThan(200);
});
