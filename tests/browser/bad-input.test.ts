import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground, Ran } from './harness.js';
import { oneVisit } from './one-visit.js';
import { onlyInTestAll, sampleOf } from './sample.js';

let playground: Playground;
oneVisit(
  (opened) => {
    playground = opened;
  },
  {
    // For a test that terminates workers as a browser does.
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        const all: Worker[] = [];
        const Original = Worker;
        Object.assign(self, {
          allWorkers: all,
          Worker: class extends Original {
            constructor(...values: ConstructorParameters<typeof Worker>) {
              super(...values);
              all.push(this);
            }
          },
        });
      }),
  },
);

/** After each of these the text is unchanged and the next Run works. */
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

/** Presses Run, then Stop once the page shows that it compiles or runs, and waits for the end. */
async function runAndStop(source: string, phase: 'compiling' | 'running'): Promise<string> {
  const { page } = playground;
  await playground.setText(source);
  await page.click('#run');
  await page.waitForSelector(`#run[data-phase="${phase}"]`);
  await page.click('#run');
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
  test('posts messages of its own has none of them believed', async () => {
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

  test('dies of an exception of 50 MB does not block the page', async () => {
    const { report } = await run('#include <stdexcept>\n#include <string>\nint main() { throw std::runtime_error(std::string(50 << 20, \'m\')); }\n');
    expect(report.outcome).toMatchObject({ type: 'crash', message: expect.stringMatching(/m{1000} … \[[\d,]+ characters in all\]$/) });
    expect((await playground.consoleText()).length).toBeLessThan(1_000_000);
  });

  test.each([
    ['at once', 'EM_ASM({ self.close(); }); std::puts("after"); for (;;) {}'],
    ['by another name', 'EM_ASM({ globalThis["close"].call(globalThis); }); for (;;) {}'],
    ['in a callback', 'EM_ASM({ setTimeout(() => close()); }); asyncio::run(asyncio::sleep(1000));'],
    ['before it exits', 'EM_ASM({ close(); });'],
  ])('closes its own worker %s is no longer shown as running', async (_when, body) => {
    const { report, stdout } = await run(`#include <asyncio.hpp>\n#include <cstdio>\n#include <emscripten.h>\nint main() { std::puts("before"); ${body} }\n`);
    expect(stdout).toMatch(/^before\n/);
    expect(report.outcome).toMatchObject({ type: 'crash', message: expect.stringContaining('self.close()') });
    expect(await playground.consoleText()).toContain('The program closed its own worker');
  });

  onlyInTestAll(() => {
    test('loses its worker to the browser is no longer shown as running', async () => {
      const { page } = playground;
      const [, sandbox] = page.frames();
      // The worker that is ready now.
      const running = (await sandbox?.evaluate(() => (self as unknown as { allWorkers: Worker[] }).allWorkers.length - 1)) ?? 0;
      await playground.setText('#include <cstdio>\nint main() { std::puts("begun"); for (;;) {} }\n');
      await page.click('#run');
      await playground.consoleShows('begun');
      await sandbox?.evaluate((at) => (self as unknown as { allWorkers: Worker[] }).allWorkers[at]?.terminate(), running);
      await page.waitForSelector('#run[data-phase="idle"]');
      expect(await playground.consoleText()).toMatch(/begun\nCrashed with exit code 134: The program's worker has ended/);
      // The browser reports that there is no such blob.
      expect(playground.takeErrors().filter((error) => !/blob:null|ERR_FILE_NOT_FOUND/.test(error))).toEqual([]);
    });
  });
});

/** Output of any size takes bounded space in the page. */
describe('the page shows, in bounded room,', () => {
  const elements = (selector: string): Promise<number> => playground.page.$eval(selector, (root) => root.querySelectorAll('*').length);
  const textLength = (selector: string): Promise<number> => playground.page.$eval(selector, (root) => root.textContent.length);

  test('the end of a program whose last line is very long', async () => {
    await run('#include <stdexcept>\n#include <string>\nint main() { throw std::runtime_error(std::string(5 << 20, \'m\')); }\n');
    expect(await textLength('#phase')).toBeLessThan(300);
    expect(await textLength('#announcement')).toBeLessThan(2_000);
    expect(await playground.page.title()).toMatch(/^.{1,250}$/);
  });

  test('a compiler message of megabytes', async () => {
    const { report } = await run(`int main() { static_assert(false, "${'m'.repeat(2_000_000)}"); }\n`);
    expect(report.outcome.type).toBe('compile-error');
    expect(await textLength('#diagnostics')).toBeLessThan(10_000);
    expect(await textLength('#phase')).toBeLessThan(300);
    expect(await textLength('#console')).toBeLessThan(200_000);
  });

  test('a very long file name in the compiler’s messages', async () => {
    await run(`int main() {\n#line 1 "${'n'.repeat(200_000)}"\n  return nothing;\n}\n`);
    expect(await textLength('#diagnostics')).toBeLessThan(10_000);
  });

  test('some of ten thousand warnings, and the number of the others', async () => {
    const { report } = await run(`int main() {\n${'  1 == 2;\n'.repeat(10_000)}}\n`);
    expect(report.diagnostics.length).toBe(10_000);
    expect(await elements('#diagnostics')).toBeLessThan(2_000);
    expect(await playground.page.$eval('#diagnostics', (list) => list.textContent)).toMatch(/and [\d,]+ more that are not listed/);
  });

  onlyInTestAll(() => {
    test('streams that alternate by single characters', async () => {
      await run('#include <unistd.h>\nint main() { for (int i = 0; i < 60000; ++i) { write(1, "a", 1); write(2, i % 5 == 4 ? "b\\n" : "b", i % 5 == 4 ? 2 : 1); } }\n');
      await playground.consoleShows('exit code 0');
      expect(await elements('#console')).toBeLessThan(60_000);
    });
  });

  test.each(sampleOf([
    ['600 MB', '600 << 20'],
    ['100 MB', '100 << 20'],
  ], 1))('one write of %s', async (_size, size) => {
    const { page } = playground;
    await playground.setText(`#include <cstdio>
#include <cstring>
#include <cstdlib>
#include <unistd.h>
int main() {
  const size_t size = ${size};
  char* all = static_cast<char*>(std::malloc(size));
  std::memset(all, 'x', size);
  for (size_t at = 99; at < size; at += 100) all[at] = '\\n';
  std::memcpy(all, "the beginning", 13);
  std::memcpy(all + size - 8, "the end\\n", 8);
  const ssize_t written = write(1, all, size);
  std::fprintf(stderr, "wrote %zd of %zu\\n", written, size);
}
`);
    await page.click('#run');
    await page.waitForFunction(() => window.asyncioPlayground?.consoleText().includes('exit code 0'), { timeout: 100_000, polling: 500 });
    const shown = await playground.consoleText();
    expect(shown).toMatch(/^the beginning/);
    expect(shown).toContain('dropped here: the console keeps the beginning and the end');
    expect(shown).toMatch(/the end\nwrote (\d+) of \1\n/);
  }, 120_000);

  test('a deadlock of two hundred thousand tasks', async () => {
    const { stdout, report } = await run(`#include <asyncio.hpp>
#include <chrono>
#include <cstdio>
#include <vector>
using namespace asyncio;
static std::chrono::steady_clock::time_point all_wait;
Coro<> waits(Future<int> future) { co_await future; }
Coro<> body() {
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 200000; ++i) tasks.push_back(create_task(waits(get_running_loop().create_future<int>())));
  co_await sleep(0);
  co_await sleep(0);
  all_wait = std::chrono::steady_clock::now();
  try { co_await tasks[0]; } catch (...) { std::puts("woken"); }
}
int main() {
  EventLoop loop;
  try { loop.run_until_complete(body()); } catch (const DeadlockError&) {
    std::printf("%lld\\n", static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - all_wait).count()));
    std::fflush(stdout);
    std::_Exit(0);
  }
}
`);
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    process.stdout.write(`a deadlock of 200,000 tasks is told in ${stdout.trim()} ms\n`);
    expect(Number(stdout)).toBeLessThan(600);
  });
});
