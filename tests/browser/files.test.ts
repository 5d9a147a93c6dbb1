import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Site, type Playground, type Ran } from './harness.js';
import { storedFiles, type Stored } from './stored-files.js';

let site: Site;
let playground: Playground;

beforeAll(async () => {
  site = await Site.open();
  playground = await site.visit();
  await playground.ready();
});

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

afterAll(async () => {
  await playground.close();
  await site.close();
});

const program = (body: string): string => `#include <asyncio.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <print>
namespace files = asyncio::files;
using files::File;

asyncio::Coro<> write(std::string path, std::string text, std::string mode = "w") {
    co_await asyncio::async_with(files::open(path, mode), [&](File& file) -> asyncio::Coro<> { co_await file.write(text); });
}
asyncio::Coro<std::string> read(std::string path) {
    File file = co_await files::open(path);
    co_return co_await file.read();
}
std::string plain(const std::string& path) {
    std::ifstream in(path);
    return in ? std::string(std::istreambuf_iterator<char>(in), {}) : "cannot be opened";
}
template <class F> asyncio::Coro<> raises(std::string what, F call) {
    try {
        co_await call();
        std::println("{}: nothing", what);
    } catch (const asyncio::OSError& error) {
        std::println("{}: {}", what, asyncio::describe(std::current_exception()));
    } catch (const asyncio::ValueError& error) {
        std::println("{}: {}", what, asyncio::describe(std::current_exception()));
    }
}
asyncio::Coro<> amain() {
${body}
}
int main() { asyncio::run(amain()); }
`;

/** What a program that ends well prints. */
async function output(body: string, visitor = playground): Promise<string> {
  const { report, stdout, stderr } = await visitor.run(program(body));
  expect({ outcome: report.outcome, stderr }).toEqual({ outcome: { type: 'complete', exitCode: 0 }, stderr: '' });
  return stdout;
}

const clear = 'for (auto& name : co_await files::listdir()) std::filesystem::remove_all(name);';

describe('files', () => {
  test('last between runs and reloads', async () => {
    await output('co_await write("a.txt", "one\\n"); co_await write("a.txt", "two\\n", "a");');
    expect(await output('std::print("{}", co_await read("a.txt"));')).toBe('one\ntwo\n');
    await playground.page.reload();
    await playground.ready();
    expect(await output('std::print("{}", co_await read("a.txt"));')).toBe('one\ntwo\n');
  });

  test('are the same that plain C++ sees, in both directions', async () => {
    expect(await output('co_await write("b.txt", "async"); std::print("{}", plain("b.txt"));')).toBe('async');
    expect(await output('std::print("{}", plain("b.txt"));')).toBe('async');
    await output('std::ofstream("c.txt") << "plain"; co_return;');
    expect(await output('std::print("{} {}", co_await read("c.txt"), std::filesystem::file_size("c.txt"));')).toBe('plain 5');
  });

  test('of plain C++ last however the program ends', async () => {
    const left = 'std::ofstream& out = *new std::ofstream("left.txt"); out << "left open"; ';
    await playground.run(program(`${left} std::exit(3); co_return;`));
    expect(await output('std::print("[{}]", plain("left.txt"));')).toBe('[]');
    await playground.run(program(`${left} out.flush(); std::abort(); co_return;`));
    expect(await output('std::print("[{}]", plain("left.txt"));')).toBe('[left open]');
    await playground.run(program('std::ofstream out("thrown.txt"); out << "unwound"; throw std::runtime_error("x"); co_return;'));
    expect(await output('std::print("[{}]", plain("thrown.txt"));')).toMatch(/\[(unwound)?\]/);
  });

  test('that a busy program flushed are there when it is ended by force', async () => {
    const { page } = playground;
    await playground.setText(
      program(`std::ofstream out("busy.txt");
        out << "first" << std::flush;
        out << " second" << std::endl;
        std::ofstream closed("closed.txt");
        closed << "closed";
        closed.close();
        out << "never flushed";
        std::println("spinning");
        for (volatile int i = 0;; i = i + 1) {}
        co_return;`),
    );
    const ended = page.evaluate(() => window.asyncioPlayground?.run());
    await playground.consoleShows('spinning');
    await page.evaluate(() => {
      window.asyncioPlayground?.stop();
      window.asyncioPlayground?.stop();
    });
    expect((await ended)?.outcome).toEqual({ type: 'stopped', forced: true });
    expect(await output('std::print("[{}] [{}]", plain("busy.txt"), plain("closed.txt"));')).toBe('[first second\n] [closed]');
  });

  test('keep directories, new names and removals', async () => {
    await output(`${clear}
      co_await files::makedirs("d/e");
      co_await write("d/e/f", "f");
      co_await write("d/g", "g");
      co_await write("gone", "x");
      co_await write("over", "old");
      co_await write("new", "new");
      co_await files::mkdir("empty");`);
    await output(`co_await files::rename("d", "moved");
      co_await files::remove("gone");
      co_await files::replace("new", "over");
      std::filesystem::create_directories("plain/one");
      std::filesystem::rename("moved/g", "plain/one/g");
      std::filesystem::resize_file("plain/one/g", 3);`);
    const list = `for (auto& path : co_await files::glob("**", {.recursive = true}))
        std::print("{}{} ", path, co_await files::isdir(path) ? "/" : "=" + std::to_string(co_await files::getsize(path)));`;
    expect(await output(list)).toBe('empty/ moved/ moved/e/ moved/e/f=1 over=3 plain/ plain/one/ plain/one/g=3 ');
    expect(await output('std::print("{} {}", co_await read("over"), co_await read("moved/e/f"));')).toBe('new f');
    await output('co_await files::rmtree("moved"); co_await files::rmdir("empty");');
    expect(await output(list)).toBe('over=3 plain/ plain/one/ plain/one/g=3 ');
  });

  test('are changed in the middle, cut and grown', async () => {
    await output('co_await write("m", "0123456789");');
    await output(`File file = co_await files::open("m", "r+");
      co_await file.seek(2);
      co_await file.write("AB");
      co_await file.close();`);
    expect(await output('std::print("{}", co_await read("m"));')).toBe('01AB456789');
    await output(`File file = co_await files::open("m", "r+");
      co_await file.truncate(3);
      co_await file.seek(5);
      co_await file.write("Z");
      co_await file.close();`);
    expect(await output(String.raw`std::print("{}", co_await read("m") == std::string("01A\0\0Z", 6));`)).toBe('true');
  });

  test('keep names and bytes of every kind', async () => {
    const names = ['naïve ☕.txt', 'constructor', '__proto__', 'a\\\\b', ' ', '.hidden', "quote'\\\""];
    const list = names.map((name) => `"${name}"`).join(', ');
    await output(`${clear}
      std::string bytes;
      for (int i = 0; i < 256; ++i) bytes.push_back(char(i));
      for (std::string name : {${list}}) co_await write(name, name + bytes);`);
    expect(
      await output(`std::string bytes;
        for (int i = 0; i < 256; ++i) bytes.push_back(char(i));
        int right = 0;
        for (std::string name : {${list}}) right += co_await read(name) == name + bytes;
        std::print("{} of {}", right, (co_await files::listdir()).size());`),
    ).toBe('7 of 7');
  });

  test('that are large are read when they are used', async () => {
    await output(`${clear} co_await write("large", std::string(40'000'000, 'x') + "end");`);
    const ran = await playground.run(program('std::println("started"); co_return;'));
    console.log(`a run beside a file of 40 MB: first output ${Math.round(ran.report.timings.firstOutputMs ?? NaN)} ms`);
    expect(
      await output(`std::ifstream in("large");
        in.seekg(-3, std::ios::end);
        std::string end;
        in >> end;
        std::print("{} {}", end, co_await files::getsize("large"));`),
    ).toBe('end 40000003');
    await output('co_await files::remove("large");');
  });

  test('in /tmp end with the run', async () => {
    expect(await output('co_await write("/tmp/t", "t"); std::print("{}", co_await read("/tmp/t"));')).toBe('t');
    expect(await output('std::print("{}", co_await files::exists("/tmp/t"));')).toBe('false');
  });
});

describe('a file operation that cannot be done', () => {
  test('raises the error of its kind, and the program goes on', async () => {
    const text = await output(`${clear}
      co_await write("f", "x");
      co_await files::mkdir("d");
      auto open = [](std::string path, std::string mode = "r") {
          return [path, mode]() -> asyncio::Coro<> { co_await files::open(path, mode); };
      };
      co_await raises("missing", open("missing"));
      co_await raises("empty", open(""));
      co_await raises("directory", open("d"));
      co_await raises("below a file", open("f/g", "w"));
      co_await raises("there already", open("f", "x"));
      co_await raises("outside", open("../outside", "w"));
      co_await raises("far outside", open("d/../../../etc/passwd"));
      co_await raises("NUL", open(std::string("a\\0b", 3), "w"));
      co_await raises("mode", open("f", "rw"));
      co_await raises("not empty", []() -> asyncio::Coro<> { co_await files::rmdir("missing"); });
      std::println("inside: {}", co_await read("d/../f"));`);
    const lines = text.replaceAll(/\[Errno \d+\] /g, '').trimEnd().split('\n');
    expect(lines).toEqual([
      "missing: FileNotFoundError: No such file or directory: 'missing'",
      "empty: FileNotFoundError: No such file or directory: ''",
      "directory: IsADirectoryError: Is a directory: 'd'",
      "below a file: NotADirectoryError: Not a directory: 'f/g'",
      "there already: FileExistsError: File exists: 'f'",
      "outside: PermissionError: Permission denied: '../outside'",
      "far outside: PermissionError: Permission denied: 'd/../../../etc/passwd'",
      'NUL: ValueError: embedded null byte: no path has one',
      expect.stringContaining("mode: ValueError: invalid mode: 'rw'"),
      "not empty: FileNotFoundError: No such file or directory: 'missing'",
      'inside: x',
    ]);
  });

  test('for a name that is too long says so, also in plain C++', async () => {
    expect(
      await output(`for (std::size_t length : {255, 256, 5000}) {
          std::string name(length, 'n');
          try {
              co_await write(name, "x");
              std::print("{} ", (co_await read(name)).size());
              co_await files::remove(name);
          } catch (const asyncio::OSError& error) {
              std::print("{} ", error.number() == ENAMETOOLONG ? "too long" : error.what());
          }
          std::ofstream plain(name);
          std::print("{} ", plain ? "made" : "failed");
          std::filesystem::remove(name.substr(0, 255));
      }`),
    ).toBe('1 made too long failed too long failed ');
  });

  test('for too many open files leaves the loop unharmed', async () => {
    expect(
      await output(`std::vector<File> open;
        try {
            for (int i = 0; i < 10'000; ++i) open.push_back(co_await files::open("many", "a"));
            std::print("all");
        } catch (const asyncio::OSError& error) {
            std::print("{}", error.number() == EMFILE ? "too many" : error.what());
        }
        open.clear();
        co_await write("many", "fine");
        std::print(", then {}", co_await read("many"));`),
    ).toMatch(/^(all|too many), then fine$/);
  });
});

describe('when there is no more room', () => {
  test('it is an error, and what was stored stays', async () => {
    expect(
      await output(`${clear}
        co_await write("kept", "kept");
        File file = co_await files::open("big", "w");
        int pieces = 0;
        try {
            for (;; ++pieces) co_await file.write(std::string(1'000'000, 'x'));
        } catch (const asyncio::OSError& error) {
            std::println("after {} MB: {}", pieces, error.number() == ENOSPC ? "no room" : error.what());
        }
        std::ofstream plain("plain");
        for (int i = 0; i < 3'000'000; ++i) plain << 'x';
        plain.close();
        std::println("plain: {}", plain ? "written" : "failed");
        try {
            co_await file.close();
        } catch (const asyncio::OSError& error) {
            std::println("close: {}", error.number() == ENOSPC ? "no room" : error.what());
        }
        co_await files::remove("big");
        co_await write("after", "after");
        std::println("{} {}", co_await read("kept"), co_await read("after"));`),
    ).toBe('after 67 MB: no room\nplain: failed\nclose: no room\nkept after\n');
    expect(await output('std::print("{} {}", co_await read("kept"), co_await read("after"));')).toBe('kept after');
  });

  test('in the browser itself, it is an error too, and is stored when there is', async () => {
    const visitor = await site.visit();
    await visitor.ready();
    try {
      await output('co_await write("kept", "kept");', visitor);
      const session = await visitor.page.createCDPSession();
      const { origin } = new URL(site.url);
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
      expect(
        await output(
          `co_await raises("flush", []() -> asyncio::Coro<> {
              File file = co_await files::open("big", "w");
              co_await file.write(std::string(5'000'000, 'x'));
              co_await file.flush();
           });
           std::println("{}", co_await read("kept"));
           co_await files::remove("big");`,
          visitor,
        ),
      ).toMatch(/^flush: OSError: \[Errno \d+\] No space left on device: 'big'\nkept\n$/);
      const plain = await visitor.run(program('std::ofstream("plain") << std::string(5\'000\'000, \'x\'); co_return;'));
      expect(plain.stderr).toMatch(/^What the program wrote to its files could not all be stored: /);
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await output('co_await write("after", "after");', visitor);
      expect(await output('std::print("{} {}", co_await read("kept"), co_await read("after"));', visitor)).toBe('kept after');
    } finally {
      await visitor.close();
    }
  });
});

describe('a program that is killed while it writes', () => {
  // Each record tells which run wrote it and how many came before; no part of one may be there alone.
  const writer = program(`int round = 0;
    std::cin >> round;
    File log = co_await files::open("log", "w");
    std::ofstream plain("plain");
    for (int i = 0;; ++i) {
        const std::string record = std::format("{} {} {}\\n", round, i, std::string(20'000, char('a' + i % 26)));
        co_await log.write(record);
        co_await log.flush();
        std::println("log {}", i);
        co_await write("whole", std::format("{} {} {}", round, i, std::string(100'000, char('a' + i % 26))));
        std::println("whole {}", i);
        plain << record << std::flush;
        std::println("plain {}", i);
    }`);

  /** The number of the last record; records before it must all be there. */
  const lastRecord = (text: string, round: number): number => {
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    for (const [index, line] of lines.entries()) {
      const letter = String.fromCharCode(97 + (index % 26));
      if (line !== `${round} ${index} ${letter.repeat(20_000)}`) throw new Error(`record ${index} is torn: ${line.slice(0, 40)}`);
    }
    return lines.length - 1;
  };
  const wholeRecord = (text: string, round: number): number => {
    const [of, index = '', letters = ''] = text.split(' ');
    const letter = String.fromCharCode(97 + (Number(index) % 26));
    if (of !== String(round) || letters !== letter.repeat(100_000)) throw new Error(`torn: ${text.slice(0, 40)}`);
    return Number(index);
  };

  test(
    'leaves all that it had flushed, and nothing torn, fifty times',
    async () => {
      await output(clear);
      const { page } = playground;
      const flushed: number[] = [];
      for (let round = 1; round <= 50; round += 1) {
        const ran: Promise<Ran> = playground.run(writer, { stdin: String(round) });
        await page.waitForFunction(() => window.asyncioPlayground?.consoleText().includes('plain 0'), { polling: 5 });
        // Anywhere in what it does.
        await page.evaluate(
          (ms) =>
            new Promise<void>((resolve) => {
              setTimeout(() => {
                window.asyncioPlayground?.stop();
                window.asyncioPlayground?.stop();
                resolve();
              }, ms);
            }),
          (round * 7) % 60,
        );
        const { report, stdout } = await ran;
        expect(report.outcome).toEqual({ type: 'stopped', forced: true });
        const told = (what: string): number => Number([...stdout.matchAll(new RegExp(`^${what} (\\d+)$`, 'gm'))].at(-1)?.[1]);
        const files: Stored = await storedFiles(page);
        expect(lastRecord(files['log'] ?? '', round)).toBeGreaterThanOrEqual(told('log'));
        expect(wholeRecord(files['whole'] ?? '', round)).toBeGreaterThanOrEqual(told('whole'));
        expect(lastRecord(files['plain'] ?? '', round)).toBeGreaterThanOrEqual(told('plain'));
        flushed.push(told('log'));
      }
      console.log(`killed after ${Math.min(...flushed)} to ${Math.max(...flushed)} flushed records`);
      expect(await output('std::print("{}", (co_await read("whole")).size() > 100\'000);')).toBe('true');
    },
    600_000,
  );
});

describe('two pages at once', () => {
  test('the last to write a file wins it, and it is never a mixture', async () => {
    await output(clear);
    const page = await playground.page.browserContext().newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => window.asyncioPlayground !== undefined);
    await page.evaluate(() => window.asyncioPlayground?.ready());
    const writing = (letter: string): string =>
      program(`for (int i = 0; i < 30; ++i) {
          co_await write("shared", std::string(200'000, '${letter}'));
          co_await write("own-${letter}", "${letter}");
      }`);
    const other = page.evaluate(async (source) => {
      window.asyncioPlayground?.setText(source);
      return window.asyncioPlayground?.run();
    }, writing('b'));
    const [mine, theirs] = await Promise.all([playground.run(writing('a')), other]);
    expect([mine.report.outcome, theirs?.outcome]).toEqual([
      { type: 'complete', exitCode: 0 },
      { type: 'complete', exitCode: 0 },
    ]);
    const files = await storedFiles(playground.page);
    expect(files['shared'] === 'a'.repeat(200_000) || files['shared'] === 'b'.repeat(200_000)).toBe(true);
    expect([files['own-a'], files['own-b']]).toEqual(['a', 'b']);
    await page.close();
  });
});

describe('the list of files in the page', () => {
  test('shows what programs wrote, and deletes it', async () => {
    const { page } = playground;
    await output(`${clear} co_await write("one.txt", "12345"); co_await files::mkdir("d"); co_await write("d/two.txt", "");`);
    await page.click('#files summary');
    const listed = (): Promise<string[]> =>
      page.$$eval('#file-list li', (items) => items.map((item) => (item as HTMLElement).innerText.replaceAll(/\s+/g, ' ')));
    await page.waitForSelector('#file-list li');
    expect(await listed()).toEqual(['d/two.txt 0 B Download Delete', 'one.txt 5 B Download Delete']);
    await page.click('[aria-label="Delete one.txt"]');
    await page.waitForFunction(() => document.querySelectorAll('#file-list li').length === 1);
    expect(await output('std::print("{}", co_await files::exists("one.txt"));')).toBe('false');
    await output('co_await write("three.txt", "3");');
    await page.waitForFunction(() => document.querySelectorAll('#file-list li').length === 2);
    await page.click('#files summary');
  });
});

test('a program cannot reach what the page keeps but by its files', async () => {
  const { stdout } = await playground.run(`#include <emscripten.h>
#include <cstdio>
int main() {
    std::printf("%d", EM_ASM_INT({
        try { indexedDB.open("asyncio-files:playground"); return 1; } catch (error) { return error.name === "SecurityError" ? 0 : 2; }
    }));
}
`);
  expect(stdout).toBe('0');
});
