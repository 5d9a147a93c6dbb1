import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground, Ran } from './harness.js';
import { oneVisit } from './one-visit.js';
import { watchResponsiveness } from './responsiveness.js';

let playground: Playground;
oneVisit((opened) => {
  playground = opened;
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const threeInTwoSlots = `#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<std::string> fetch_one(std::string name, asyncio::Semaphore& slots) {
    auto held = co_await slots.scoped();
    std::println("{} starts", name);
    co_await asyncio::sleep(300ms);
    co_return name + " done";
}
asyncio::Coro<> amain() {
    asyncio::Semaphore slots{2};
    auto [a, b, c] = co_await asyncio::gather(
        fetch_one("A", slots), fetch_one("B", slots), fetch_one("C", slots));
    std::println("{}, {}, {}", a, b, c);
}
int main() { asyncio::run(amain()); }
`;

const endless = '#include <cstdio>\nint main() { std::puts("spinning"); for (volatile int i = 0;; i = i + 1) {} }\n';

describe('the compiler', () => {
  test('has compiled a program while it was written, so that Run only starts it', async () => {
    const source = '#include <cstdio>\nint main() {\n    int unused = 1;\n    std::puts("ahead");\n}\n';
    await playground.setText(source);
    await playground.page.waitForFunction(() => document.querySelector('#diagnostics')?.textContent.includes('unused variable'));
    const { report, stdout } = await playground.run(source);
    expect(stdout).toBe('ahead\n');
    expect(report.diagnostics.map(({ message }) => message)).toEqual(["unused variable 'unused'"]);
    // It was linked before the click.
    expect(report.timings.linkMs).toBe(0);
  });

  test.each([
    ['with a line end', 'int main() {\n    return 0;\n'],
    ['without one', 'int main() {\n    return 0;'],
  ])('tells what is missing at the end of a text at its end (%s)', async (_, source) => {
    const { report } = await playground.run(source);
    expect(report.diagnostics).toEqual([
      expect.objectContaining({ file: 'main.cpp', message: "expected '}'", range: expect.objectContaining({ startLine: 2, startColumn: 14 }) }),
    ]);
  });

  test('compiles a text that is longer than most', async () => {
    const { stdout } = await playground.run(`// ${'long '.repeat(20_000)}\n#include <cstdio>\nint main() { std::puts("long"); }\n`);
    expect(stdout).toBe('long\n');
  });
});

describe('a program of coroutines that go early', () => {
  test('ends as in Python when a gather fails while others hold and wait for its locals', async () => {
    const source = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> use(asyncio::Semaphore& slots, asyncio::Queue<int>& jobs, int n) {
    auto held = co_await slots.scoped();
    try {
        co_await jobs.get();
    } catch (const asyncio::CancelledError&) {
        std::println("{} is cancelled", n);
        throw;
    }
}
asyncio::Coro<> fail() {
    co_await asyncio::sleep(0.01);
    throw asyncio::ValueError("failed");
}
asyncio::Coro<> amain() {
    asyncio::Semaphore slots(2);
    asyncio::Queue<int> jobs;
    co_await asyncio::gather(use(slots, jobs, 1), use(slots, jobs, 2), use(slots, jobs, 3), fail());
}
int main() {
    try {
        asyncio::run(amain());
    } catch (const asyncio::ValueError& error) {
        std::println("{}", error.what());
    }
}
`;
    const { report, stdout } = await playground.run(source);
    expect({ stdout, outcome: report.outcome }).toEqual({ stdout: '1 is cancelled\n2 is cancelled\nfailed\n', outcome: { type: 'complete', exitCode: 0 } });
  });

  test('goes on where an awaiter of its own is resumed by a callback of JavaScript', async () => {
    const source = `#include <asyncio.hpp>
#include <coroutine>
#include <emscripten.h>
#include <print>
struct InJavaScript {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const {
        emscripten_async_call([](void* kept) { std::coroutine_handle<>::from_address(kept).resume(); }, handle.address(), 20);
    }
    int await_resume() const noexcept { return 7; }
};
asyncio::Coro<int> async_main() {
    const int given = co_await InJavaScript();
    std::println("{} in {}", given, asyncio::current_task().get_name());
    co_return 0;
}
`;
    const { report, stdout } = await playground.run(source);
    expect({ stdout, outcome: report.outcome }).toEqual({ stdout: '7 in Task-1\n', outcome: { type: 'complete', exitCode: 0 } });
  });

  test('does not compile if a function that returns a Coro is not a coroutine; the error says what is missing', async () => {
    const { report } = await playground.run('#include <asyncio.hpp>\nasyncio::Coro<> amain() { }\nint main() { asyncio::run(amain()); }\n');
    expect(report.diagnostics.map(({ severity, message }) => ({ severity, message }))).toEqual([
      { severity: 'error', message: expect.stringContaining('so it is not a coroutine') },
    ]);
  });
});

describe('a program of coroutines', () => {
  test('prints its lines as time passes', async () => {
    const { report, stdout, chunks } = await playground.run(threeInTwoSlots);
    expect(stdout).toBe('A starts\nB starts\nC starts\nA done, B done, C done\n');
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    const at = (text: string): number => chunks.find((chunk) => chunk.text.includes(text))?.at ?? NaN;
    expect(at('C starts') - at('A starts')).toBeGreaterThanOrEqual(280);
    expect(at('A done') - at('C starts')).toBeGreaterThanOrEqual(280);
    expect(at('A done') - at('A starts')).toBeLessThan(1200);
  });

  test('may begin with async_main', async () => {
    const source =
      '#include <asyncio.hpp>\n#include <cstdio>\n' +
      'asyncio::Coro<int> async_main() { co_await asyncio::sleep(0.01); std::puts("here"); co_return 6; }\n';
    const { report, stdout } = await playground.run(source);
    expect({ stdout, outcome: report.outcome }).toEqual({ stdout: 'here\n', outcome: { type: 'complete', exitCode: 6 } });
  });

  test('reports how long each part took', async () => {
    const { report } = await playground.run(threeInTwoSlots);
    const { compileMs = 0, linkMs = 0, firstOutputMs = 0, totalMs } = report.timings;
    console.log(`compile ${compileMs} ms, link ${linkMs} ms, first output ${firstOutputMs} ms, total ${totalMs} ms`);
    expect(compileMs).toBeGreaterThan(0);
    expect(linkMs).toBeGreaterThan(0);
    expect(firstOutputMs).toBeGreaterThanOrEqual(compileMs + linkMs);
    expect(totalMs).toBeGreaterThanOrEqual(firstOutputMs + 600);
    const { ranMs = NaN } = report.facts;
    expect(ranMs).toBeGreaterThanOrEqual(600);
    expect(ranMs).toBeLessThan(totalMs - compileMs - linkMs);
    expect(await playground.consoleText()).toMatch(/Finished, exit code 0 · ran .+ · \d+ tasks? · memory .+ · compile .+ · link /);
  });
});

const long = `#include <asyncio.hpp>
#include <print>

asyncio::Coro<int> ready(int value) { co_return value; }
asyncio::Coro<int> descend(int depth) { co_return depth == 0 ? 0 : 1 + co_await descend(depth - 1); }
asyncio::Coro<> amain() {
    long long sum = 0;
    for (int i = 0; i < 10'000'000; ++i) sum += co_await ready(1);
    std::println("{} awaits, {} deep", sum, co_await descend(100'000));
}
int main() { asyncio::run(amain()); }
`;

describe('long loops of ready awaits and deep chains', () => {
  test.each(['0', '1', '2'] as const)('do not use up the stack at -O%s', async (optimisation) => {
    const { report, stdout } = await playground.run(long, { optimisation });
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    expect(stdout).toBe('10000000 awaits, 100000 deep\n');
  });
});

describe('a program that does not compile', () => {
  const source = '#include <cstdio>\nint main() {\n    int value = 1\n    std::puts("never");\n}\n';

  test('is not run, and its errors are in the list, in the text and in the console', async () => {
    const { page } = playground;
    await playground.monaco();
    const { report, stdout } = await playground.run(source);
    expect(report.outcome).toEqual({ type: 'compile-error', errors: 1 });
    expect(stdout).toBe('');
    expect(report.diagnostics[0]).toMatchObject({
      severity: 'error',
      file: 'main.cpp',
      range: { startLine: 3, startColumn: 18 },
    });
    await page.waitForSelector('.monaco-editor .squiggly-error');
    expect(await page.$eval('#diagnostics', (list) => list.textContent)).toContain("expected ';'");
    expect(await playground.consoleText()).toContain('main.cpp:3:18: error:');
  });

  test('has errors that link to their lines', async () => {
    const { page } = playground;
    await playground.run(source);
    await page.click('#problems-tab');
    await page.click('#diagnostics .severity-error button.diagnostic-line');
    await page.waitForFunction(
      () => document.querySelector('.monaco-editor .active-line-number')?.textContent === '3',
    );
  });

  test("is fixed by the compiler's quick fix", async () => {
    await playground.run(source);
    await playground.page.click('#problems-tab');
    await playground.page.click('#diagnostics .diagnostic-fix button');
    await playground.page.click('#console-tab');
    expect(await playground.text()).toBe(source.replace('= 1', '= 1;'));
    const { stdout } = await playground.run(await playground.text());
    expect(stdout).toBe('never\n');
    expect(await playground.page.$eval('#diagnostics .severity-error', () => true).catch(() => false)).toBe(false);
  });
});

describe('the end of a program', () => {
  test('by exit(3) is exit code 3, and nothing printed before is lost', async () => {
    const { report, stdout } = await playground.run(
      '#include <cstdio>\n#include <cstdlib>\nint main() { std::printf("no newline"); std::exit(3); }\n',
    );
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 3 });
    expect(stdout).toBe('no newline');
  });

  test('by an uncaught exception shows its type and message', async () => {
    const { report, stdout } = await playground.run(
      '#include <cstdio>\n#include <stdexcept>\nint main() { std::puts("before"); throw std::runtime_error("the reason"); }\n',
    );
    expect(stdout).toBe('before\n');
    expect(report.outcome.type).toBe('crash');
    const text = await playground.consoleText();
    expect(text).toContain('std::runtime_error');
    expect(text).toContain('the reason');
  });

  test('by an exception that leaves a coroutine is the same', async () => {
    const { report } = await playground.run(
      '#include <asyncio.hpp>\n#include <stdexcept>\nasyncio::Coro<> amain() { co_await asyncio::sleep(0); throw std::logic_error("inside"); }\nint main() { asyncio::run(amain()); }\n',
    );
    expect(report.outcome.type).toBe('crash');
    expect(await playground.consoleText()).toMatch(/std::logic_error.*inside/s);
  });
});

describe('output', () => {
  test('of stdout and stderr is distinguished and stays in order', async () => {
    const { chunks } = await playground.run(
      '#include <cstdio>\nint main() { std::puts("out"); std::fputs("err\\n", stderr); std::puts("out again"); }\n',
    );
    expect(chunks.map(({ stream, text }) => `${stream}: ${text}`).join('')).toBe(
      'stdout: out\nstderr: err\nstdout: out again\n',
    );
    await playground.page.waitForFunction(
      () => document.querySelector('#console .voice-stderr')?.textContent === 'err',
    );
  });

  test('is text, never HTML', async () => {
    await playground.run('#include <cstdio>\nint main() { std::puts("<img src=x onerror=alert(1)>"); }\n');
    await playground.page.waitForFunction(() =>
      document.querySelector('#console')?.textContent.includes('<img src=x onerror=alert(1)>'),
    );
    expect(await playground.page.$('#console img')).toBeNull();
  });

  test('of 100,000 lines neither freezes the page nor loses its beginning and end', async () => {
    const { page } = playground;
    const endWatch = await watchResponsiveness(page);
    const { stdout } = await playground.run(
      '#include <cstdio>\nint main() { for (int i = 0; i < 100000; ++i) std::printf("line %d\\n", i); }\n',
    );
    const longest = await endWatch();
    console.log(`100,000 lines: the page was busy for ${longest} ms at a time at most`);
    expect(stdout.split('\n').length).toBe(100_001);
    expect(stdout.endsWith('line 99999\n')).toBe(true);
    expect(longest).toBeLessThan(500);
    const shown = await playground.consoleText();
    expect(shown.startsWith('line 0\nline 1\n')).toBe(true);
    expect(shown).toContain('\nline 99999\n');
    await page.waitForFunction(() =>
      document.querySelector('#console')?.lastElementChild?.textContent.includes('line 99999'),
    );
    expect(await page.$eval('#console .console-gap', (gap) => gap.textContent)).toMatch(/80,\d{3} lines \(\d+ kB\) dropped here/);
  });

  test('reads standard input from the page', async () => {
    const { stdout } = await playground.run(
      '#include <iostream>\n#include <string>\nint main() { std::string line; while (std::getline(std::cin, line)) std::cout << "[" << line << "]\\n"; }\n',
      { stdin: 'one\ntwo' },
    );
    expect(stdout).toBe('[one]\n[two]\n');
  });
});

describe('Stop', () => {
  test('ends a loop that never ends, keeps what it printed, and the next Run works', async () => {
    const { page } = playground;
    await playground.setText(endless);
    await page.click('#run');
    await playground.consoleShows('spinning');
    await page.click('#run');
    await playground.consoleShows('Stopped');
    expect(await playground.consoleText()).toMatch(/^spinning\nStopped/);
    const { stdout } = await playground.run('#include <cstdio>\nint main() { std::puts("again"); }\n');
    expect(stdout).toBe('again\n');
  });

  test('cancels the main task, whose cleanup runs', async () => {
    const { page } = playground;
    await playground.setText(`#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
struct Cleanup { ~Cleanup() { std::println("cleaned up"); } };
asyncio::Coro<> amain() {
    Cleanup cleanup;
    std::println("waiting");
    co_await asyncio::sleep(1h);
}
int main() { asyncio::run(amain()); }
`);
    await page.click('#run');
    await playground.consoleShows('waiting');
    await page.keyboard.press('Escape');
    await playground.consoleShows('Stopped');
    expect(await playground.consoleText()).toMatch(/^waiting\ncleaned up\n/);
  });
});

describe('an uncaught exception', () => {
  const source = (body: string): string => `#include <asyncio.hpp>
#include <stdexcept>
using namespace asyncio;
Coro<> fails(int n) {
    co_await sleep(0);
    if (n == 2) throw std::runtime_error("boom");
}
Coro<> middle() { co_await gather(fails(1), fails(2)); }
Coro<> amain() {
${body}
}
int main() { run(amain()); }
`;
  const messageOf = ({ report }: Ran): string => (report.outcome.type === 'crash' ? report.outcome.message : report.outcome.type);

  test('has a traceback through coroutines and tasks, innermost last', async () => {
    expect(messageOf(await playground.run(source('    co_await create_task(middle());')))).toBe(
      'Uncaught exception std::runtime_error: boom\nTraceback (innermost last):\n' +
        '  main.cpp:10, in amain\n  main.cpp:8, in middle\n  main.cpp:5, in fails, thrown after this line',
    );
  });

  test('has nothing of an earlier one that was caught, in whose memory it may lie', async () => {
    const message = messageOf(await playground.run(source('    try { co_await middle(); } catch (...) {}\n    throw std::runtime_error("other");')));
    expect(message).toBe('Uncaught exception std::runtime_error: other\nTraceback (innermost last):\n  main.cpp:10, in amain, thrown after this line');
  });

  test('that is thrown on keeps its traceback', async () => {
    const message = messageOf(await playground.run(source('    try { co_await fails(2); } catch (...) { throw; }')));
    expect(message).toContain('  main.cpp:10, in amain\n  main.cpp:5, in fails, thrown after this line');
  });
});

describe('a crash that is no exception has a traceback', () => {
  const crash = async (source: string): Promise<string> => {
    const { report } = await playground.run(source);
    return report.outcome.type === 'crash' ? report.outcome.message : JSON.stringify(report.outcome);
  };

  test('of coroutines with their lines, and says which index is out of bounds', async () => {
    expect(
      await crash(`#include <asyncio.hpp>
#include <vector>
asyncio::Coro<int> inner(std::vector<int> values) {
    co_await asyncio::sleep(0);
    co_return values[7];
}
asyncio::Coro<> amain() {
    co_await inner({1, 2});
}
int main() { asyncio::run(amain()); }
`),
    ).toBe(
      'vector[] index out of bounds (__n < size() does not hold)\nTraceback (innermost last):\n' +
        '  main.cpp:8, in amain\n  main.cpp:4, in inner, after this line',
    );
  });

  test.each([
    ['of a check of libc++', 'std::vector<int> values(2); return values[at];', /^vector\[\] index out of bounds .*\n/],
    ['of abort', 'std::abort();', /^The program called abort\.\n/],
    ['of a trap', 'int (*volatile none)() = nullptr; return none() + at;', /^Invalid call through a function pointer.*\n/],
  ])('of functions with their names: %s', async (_what, body, message) => {
    const told = await crash(`#include <cstdlib>\n#include <vector>\nint deeper(std::vector<int>, int at) { ${body} }\nint main() { return deeper({}, 7); }\n`);
    expect(told).toMatch(message);
    expect(told.slice(told.indexOf('\n') + 1)).toBe('Traceback (innermost last):\n  in main\n  in deeper(std::vector<int>, int)');
  });
});

describe('two Runs', () => {
  test('at once: the newer replaces the older, which says so', async () => {
    const { page } = playground;
    await playground.setText(endless);
    await page.click('#run');
    await playground.consoleShows('spinning');
    await playground.setText('#include <cstdio>\nint main() { std::puts("the newer"); }\n');
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await playground.consoleShows('Finished');
    expect(await playground.consoleText()).toMatch(
      /^spinning\nStopped: replaced by a newer run.*\nthe newer\nFinished, exit code 0/,
    );
  });

  test('by a double click: one of them finishes', async () => {
    const { page } = playground;
    await playground.setText('#include <cstdio>\nint main() { std::puts("once"); }\n');
    await page.click('#run', { count: 2 });
    await playground.consoleShows('Finished');
    const text = await playground.consoleText();
    expect(text.match(/^once$/gm)?.length).toBe(1);
    expect(text.match(/Finished, exit code 0/g)?.length).toBe(1);
  });

  test('by the keyboard, from inside the editor', async () => {
    const { page } = playground;
    await playground.monaco();
    await playground.setText('#include <cstdio>\nint main() { std::puts("by key"); }\n');
    await page.click('.monaco-editor .view-lines');
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
    await playground.consoleShows('by key\nFinished');
    expect(await playground.text()).toBe('#include <cstdio>\nint main() { std::puts("by key"); }\n');
  });
});
