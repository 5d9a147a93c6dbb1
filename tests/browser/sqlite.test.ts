import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground, Site } from './harness.js';
import { oneVisit } from './one-visit.js';
import { isTestAll } from './sample.js';

const requested: string[] = [];
let playground: Playground;
let site: Site;
oneVisit(
  (opened, at) => {
    playground = opened;
    site = at;
  },
  { requested },
);

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const fetched = (): string[] => requested.filter((url) => url.endsWith('.a')).map((url) => url.slice(url.lastIndexOf('/') + 1));

const program = (body: string): string => `#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <cstdio>
#include <print>
using namespace asyncio;
using namespace std::chrono_literals;
Coro<> amain() {
${body}
}
int main() { run(amain()); }
`;

async function output(body: string): Promise<string> {
  const { report, stdout, stderr } = await playground.run(program(body));
  expect({ ...report.outcome, stderr }).toEqual({ type: 'complete', exitCode: 0, stderr: '' });
  return stdout;
}

describe('a program with a database', () => {
  test('that cannot have the library says so, and the next run tries again', async () => {
    site.broken = /\/sqlite\.a$/;
    const { report } = await playground.run(program('    co_return;'));
    site.broken = undefined;
    expect(report.outcome).toEqual({ type: 'failed', message: expect.stringMatching(/^sqlite\.a could not be fetched: the server answered 503\. Where `npm start` serves this page, .*: try again in a minute\.$/) });
    playground.takeErrors();
    requested.length = 0;
  });

  test('makes the page fetch SQLite, once, and others do not', async () => {
    await playground.run('#include <asyncio.hpp>\n#include <cstdio>\nint main() { std::puts("none"); }\n');
    expect(fetched()).toEqual([]);
    expect(await output('    auto db = co_await sqlite::connect(":memory:");\n    std::println("{}", *co_await db.fetchone<int>("SELECT 1 + 1"));')).toBe('2\n');
    expect(await output('    auto db = co_await sqlite::connect(":memory:");\n    std::println("{}", *co_await db.fetchone("SELECT upper(?)", "x"));')).toBe("('X',)\n");
    expect(fetched()).toEqual(['sqlite.a']);
    // Nor do they need more of the compiler than others.
    expect(requested.filter((url) => url.includes('.whole.'))).toEqual([]);
  });

  test('finds it again in the next run', async () => {
    await output(`    auto db = co_await sqlite::connect("kept.db");
    co_await db.execute("CREATE TABLE t (x)");
    co_await db.execute("INSERT INTO t VALUES (1)");
    co_await db.commit();
    co_await db.execute("INSERT INTO t VALUES (2)");`);
    expect(await output(`    auto db = co_await sqlite::connect("kept.db");
    std::println("{}", *co_await db.fetchone("SELECT count(*), (SELECT integrity_check FROM pragma_integrity_check) FROM t"));`)).toBe("(1, 'ok')\n");
  });

  test('lets other tasks have their turns between statements, and waits for a lock without blocking', async () => {
    expect(
      await output(`    auto first = co_await sqlite::connect("locked.db");
    auto second = co_await sqlite::connect("locked.db");
    co_await first.executescript("CREATE TABLE t (x); BEGIN IMMEDIATE;");
    auto waiting = create_task(second.execute("INSERT INTO t VALUES (1)"));
    co_await sleep(20ms);
    std::println("{}", waiting.done());
    co_await first.commit();
    co_await waiting;
    std::println("{}", waiting.done());`),
    ).toBe('false\ntrue\n');
  });

  test('can use plain SQLite', async () => {
    const { stdout } = await playground.run(`#include <sqlite3.h>
#include <cstdio>
int main() {
    sqlite3* db = nullptr;
    sqlite3_open(":memory:", &db);
    sqlite3_exec(db, "SELECT 6 * 7", [](void*, int, char** values, char**) { return std::puts(values[0]), 0; }, nullptr, nullptr);
    return sqlite3_close(db);
}
`);
    expect(stdout).toBe('42\n');
  });

  const kills = isTestAll ? 20 : 2;
  const longest = isTestAll ? 300_000 : 60_000;
  test('that is ended by force in the middle of transactions leaves a sound one', async () => {
    await output('    auto db = co_await sqlite::connect("killed.db");\n    co_await db.executescript("CREATE TABLE t (i, text); CREATE INDEX by_text ON t (text);");');
    for (let kill = 0; kill < kills; kill += 1) {
      // It never gives the page a turn, so that Stop can only end its worker.
      const running = playground.run(
        program(`    auto db = co_await sqlite::connect("killed.db");
    std::puts("writing");
    co_await sleep(0);
    for (;;) {
        sqlite3_exec(db.handle(), "BEGIN", nullptr, nullptr, nullptr);
        for (int i = 0; i < 50; ++i)
            sqlite3_exec(db.handle(), "INSERT INTO t VALUES (1, hex(randomblob(200)))", nullptr, nullptr, nullptr);
        sqlite3_exec(db.handle(), "COMMIT", nullptr, nullptr, nullptr);
    }`).replace('#include <cstdio>', '#include <cstdio>\n#include <sqlite3.h>'),
      );
      await playground.consoleShows('writing');
      await playground.page.click('#run');
      expect((await running).report.outcome).toEqual({ type: 'stopped', forced: true });
      expect(
        await output(`    auto db = co_await sqlite::connect("killed.db");
    std::println("{}", *co_await db.fetchone<std::string>("PRAGMA integrity_check"));
    std::println("{}", *co_await db.fetchone<int>("SELECT count(*) % 50 FROM t"));`),
      ).toBe('ok\n0\n');
    }
  }, longest);

  test('that has an error names SQLite’s class and message', async () => {
    const { report, stderr } = await playground.run(program('    auto db = co_await sqlite::connect(":memory:");\n    co_await db.execute("SELEC 1");'));
    expect(report.outcome).toMatchObject({ type: 'crash' });
    expect(stderr + JSON.stringify(report.outcome)).toContain('OperationalError: near \\"SELEC\\": syntax error');
  });
});
