import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground, Ran } from './harness.js';
import { oneVisit } from './one-visit.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
});

/** After each of these the text is still there and the next Run works. */
afterEach(async () => {
  const good = '#include <cstdio>\nint main() { std::puts("still fine"); }\n';
  const { stdout, report } = await playground.run(good);
  expect({ stdout, outcome: report.outcome }).toEqual({
    stdout: 'still fine\n',
    outcome: { type: 'complete', exitCode: 0 },
  });
  expect(playground.takeErrors()).toEqual([]);
});

async function run(source: string): Promise<Ran> {
  const ran = await playground.run(source);
  expect(await playground.text()).toBe(source);
  return ran;
}

/** Presses Run, then Stop once the page says it compiles or runs, and waits for the end. */
async function runAndStop(source: string, phase: 'compiling' | 'running'): Promise<string> {
  const { page } = playground;
  await playground.setText(source);
  await page.click('#run');
  await page.waitForSelector(`#run[data-phase="${phase}"]`);
  await page.click('#stop');
  await page.waitForSelector('#run[data-phase="idle"]');
  expect(await playground.text()).toBe(source);
  return playground.consoleText();
}

describe('a source that cannot be compiled', () => {
  test.each([
    ['a syntax error', 'int main( {}\n', /expected/],
    ['a missing include', 'int main() { std::regex pattern{"x"}; }\n', /no (type|member) named 'regex'/],
    ['an include of a file that is not there', '#include <nowhere.hpp>\nint main() {}\n', /'nowhere.hpp' file not found/],
    ['a type error in a template', '#include <vector>\n#include <algorithm>\nstruct S {};\nint main() { std::vector<S> v(2); std::sort(v.begin(), v.end()); }\n', /invalid operands/],
  ])('%s', async (_what, source, message) => {
    const { report } = await run(source);
    expect(report.outcome.type).toBe('compile-error');
    expect(report.diagnostics.map((diagnostic) => diagnostic.message).join('\n')).toMatch(message);
    expect(await playground.consoleText()).toMatch(message);
  });

  test('a template that never ends', async () => {
    const { report } = await run(
      'template <int N> struct Deep { static constexpr int value = Deep<N + 1>::value; };\nint main() { return Deep<0>::value; }\n',
    );
    expect(report.outcome.type).toBe('compile-error');
    expect(report.diagnostics[0]?.message).toMatch(/recursive template instantiation exceeded/);
  });

  test('a compile that takes very long can be stopped', async () => {
    const source =
      'template <int N, int M> struct Fib { static constexpr long value = Fib<N - 1, M * 2>::value + Fib<N - 2, M * 2 + 1>::value; };\n' +
      'template <int M> struct Fib<0, M> { static constexpr long value = 1; };\n' +
      'template <int M> struct Fib<1, M> { static constexpr long value = 1; };\n' +
      'int main() { return Fib<26, 1>::value == 0; }\n';
    expect(await runAndStop(source, 'compiling')).toMatch(/Stopped/);
  });

  test('a program without main', async () => {
    const { report } = await run('int helper() { return 1; }\n');
    expect(['compile-error', 'crash', 'failed']).toContain(report.outcome.type);
    expect(await playground.consoleText()).toMatch(/main/);
  });

  test('an empty source', async () => {
    const { report } = await run('');
    expect(['compile-error', 'crash', 'failed']).toContain(report.outcome.type);
    expect(await playground.consoleText()).toMatch(/main/);
  });
});

describe('a source of 2 MB', () => {
  test('is compiled and run, or refused with a reason', async () => {
    const line = '// filling, so that the source gets long, and longer, and longer still\n';
    const source = `${line.repeat(Math.ceil(2_000_000 / line.length))}#include <cstdio>\nint main() { std::puts("long"); }\n`;
    const { report, stdout } = await run(source);
    expect({ outcome: report.outcome, stdout }).toEqual({
      outcome: { type: 'complete', exitCode: 0 },
      stdout: 'long\n',
    });
  });
});

describe('a program that ends badly', () => {
  test.each([
    ['allocates until memory is out', '#include <cstring>\n#include <vector>\nint main() { std::vector<char*> all; for (;;) { all.push_back(new char[1 << 24]); std::memset(all.back(), 1, 1 << 24); } }\n', /bad_alloc|memory/i],
    ['recurses for ever', 'int deeper(volatile int* p) { volatile int here[64]; here[0] = *p + 1; return deeper(here) + here[0]; }\nint main() { volatile int x = 0; return deeper(&x); }\n', /stack/i],
    ['calls std::abort', '#include <cstdlib>\nint main() { std::abort(); }\n', /abort/i],
    ['calls std::terminate', '#include <exception>\nint main() { std::terminate(); }\n', /terminate/i],
    ['throws an int', 'int main() { throw 42; }\n', /int/],
    ['reads through a null function', 'int main() { int (*volatile f)(int) = nullptr; return f(1); }\n', /null|function/i],
    ['executes what is unreachable', 'int main() { __builtin_trap(); }\n', /trap|unreachable/i],
  ])('one that %s', async (_what, source, message) => {
    const { report } = await run(source);
    expect(report.outcome.type).toBe('crash');
    expect(await playground.consoleText()).toMatch(message);
  });
});

describe('a program that', () => {
  test('posts messages of its own is believed nothing', async () => {
    const source = `#include <cstdio>
#include <emscripten.h>
int main() {
  EM_ASM({
    const post = MessagePort.prototype.postMessage;
    const lies = ([ null, 7, ({ type: 'ended' }), ({ type: 'ended', outcome: ({ type: 'won' }) }), ({ type: 'trace' }), ({ type: 'thread' }), ({ number: 1, changes: [null] }) ]);
    MessagePort.prototype.postMessage = function (message, transfer) {
      for (const lie of lies) post.call(this, lie);
      return post.call(this, message, transfer);
    };
    self.postMessage(null);
    self.postMessage({ type: 'failed', message: ({}) });
  });
  std::puts("goes on");
}
`;
    const { report, stdout } = await run(source);
    expect({ stdout, outcome: report.outcome }).toEqual({ stdout: 'goes on\n', outcome: { type: 'complete', exitCode: 0 } });
  });

  test('dies of an exception of 50 MB holds up nothing', async () => {
    const { report } = await run('#include <stdexcept>\n#include <string>\nint main() { throw std::runtime_error(std::string(50 << 20, \'m\')); }\n');
    expect(report.outcome).toMatchObject({ type: 'crash', message: expect.stringMatching(/m{1000} … \[[\d,]+ characters in all\]$/) });
    expect((await playground.consoleText()).length).toBeLessThan(1_000_000);
  });
});
