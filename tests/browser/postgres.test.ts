import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground, Site } from './harness.js';
import { oneVisit } from './one-visit.js';

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

/** Files that only programs with a database need. */
const fetched = (): string[] => requested.filter((url) => /\/database-\w+\/|postgres/.test(url)).map((url) => url.slice(url.lastIndexOf('/') + 1)).sort();
const databaseFiles = ['database-worker.js', 'initdb.wasm', 'pglite.data', 'pglite.wasm'];

const program = (body: string): string => `#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <print>
#include <vector>
using namespace asyncio;
using namespace std::chrono_literals;
template <class A> Coro<> report(A awaitable) {
    try {
        co_await std::move(awaitable);
        std::println("nothing raised");
    } catch (...) {
        std::println("{}", describe(std::current_exception()));
    }
}
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

describe('a program with PostgreSQL', () => {
  test('makes the page fetch it with the first connection, and others fetch nothing of it', async () => {
    await playground.run('#include <asyncio.hpp>\n#include <cstdio>\nint main() { std::puts("none"); }\n');
    expect(fetched()).toEqual([]);
    // The library is linked, and nothing is connected.
    await output('    co_return;');
    expect(fetched()).toEqual(['postgres.a']);
    site.broken = /\/pglite\.wasm$/;
    expect(await output('    co_await report(postgres::connect());')).toBe('OSError: the database could not be downloaded: the server answered 503 for pglite.wasm.\n');
    site.broken = undefined;
    playground.takeErrors();
    requested.length = 0;
    expect(
      await output(`    auto connection = co_await postgres::connect("postgresql://postgres@postgres.test/postgres");
    std::println("{}", co_await connection.fetchval<int>("SELECT 1 + 1"));
    std::println("{}", (co_await connection.fetchval<std::string>("SELECT version()")).starts_with("PostgreSQL 1"));
    co_await connection.close();`),
    ).toBe('2\ntrue\n');
    expect(fetched()).toEqual(databaseFiles);
  });

  test('reaches it at localhost too, unless a server of its own listens there', async () => {
    expect(
      await output(`    auto connection = co_await postgres::connect({.host = "localhost", .user = "ann", .database = "shop"});
    std::println("{}", co_await connection.fetchval("SELECT 'here'"));
    auto server = co_await start_server([](StreamReader, StreamWriter writer) -> Coro<> { writer.close(); co_return; }, "127.0.0.1", 5432);
    co_await report(postgres::connect({.host = "localhost"}));
    co_await report(postgres::connect({.host = "db.example.org", .timeout = 5s}));`),
    ).toBe(
      'here\npostgres::ConnectionDoesNotExistError: connection was closed in the middle of operation\n' +
        "OSError: db.example.org cannot be reached: a program's TCP connections stay inside the program, so use 127.0.0.1. For other servers use http:: or a WebSocket\n",
    );
  });

  test('has transactions that keep all or nothing, with savepoints and cursors', async () => {
    expect(
      await output(`    auto db = co_await postgres::connect();
    co_await db.execute("CREATE TABLE t (x int UNIQUE)");
    co_await report(async_with(db.transaction(), [&]() -> Coro<> {
        co_await db.execute("INSERT INTO t VALUES (1)");
        co_await db.execute("INSERT INTO t VALUES (1)");
    }));
    co_await async_with(db.transaction(), [&]() -> Coro<> {
        co_await db.executemany("INSERT INTO t VALUES ($1)", std::vector{2, 3, 4});
        co_await report(async_with(db.transaction(), [&]() -> Coro<> { co_await db.execute("INSERT INTO t VALUES (2)"); }));
        auto cursor = db.cursor("SELECT x FROM t ORDER BY x");
        while (auto row = co_await cursor.next()) std::println("{}", *row);
    });
    std::println("{}", co_await db.copy_records_to_table("t", std::vector{5, 6}));
    std::println("{}", co_await db.fetchval<int>("SELECT sum(x) FROM t"));
    co_await db.close();`),
    ).toBe(
      'postgres::UniqueViolationError: duplicate key value violates unique constraint "t_x_key"\nDETAIL:  Key (x)=(1) already exists.\n' +
        'postgres::UniqueViolationError: duplicate key value violates unique constraint "t_x_key"\nDETAIL:  Key (x)=(2) already exists.\n' +
        '<Record x=2>\n<Record x=3>\n<Record x=4>\nCOPY 2\n20\n',
    );
  });

  test('gets named errors for wrong SQL, parameters too many and COPY that fails, and goes on', async () => {
    expect(
      await output(`    auto db = co_await postgres::connect();
    co_await db.execute("CREATE TABLE t (x int)");
    co_await report(db.fetch("SELECT * FORM t"));
    co_await report(db.fetch("SELECT $1::int", 1, 2));
    co_await report(db.fetch("SELECT $1::int", "one"));
    co_await report(db.copy_records_to_table("t", std::vector<std::string>{"one"}));
    co_await report(db.copy_records_to_table("none", std::vector<std::string>{"one"}));
    co_await report(db.execute("COPY t FROM STDIN"));
    co_await report(db.executemany("INSERT INTO t VALUES (1 / $1::int)", std::vector{1, 0}));
    std::println("{}", co_await db.fetchval("SELECT count(*) FROM t"));
    co_await db.close();`),
    ).toBe(
      [
        'postgres::PostgresSyntaxError: syntax error at or near "FORM"',
        'postgres::InterfaceError: the server expects 1 argument for this query, 2 were passed',
        "postgres::DataError: invalid input for query argument $1: 'one' (expected int4, got a text)",
        'postgres::InvalidTextRepresentationError: invalid input syntax for type integer: "one"',
        'postgres::UndefinedTableError: relation "none" does not exist',
        'postgres::QueryCanceledError: COPY from stdin failed: COPY FROM STDIN is done by copy_records_to_table()',
        'postgres::DivisionByZeroError: division by zero',
        '0\n',
      ].join('\n'),
    );
  });

  test('shares one session among the connections of a pool, in a queue', async () => {
    expect(
      await output(`    auto pool = co_await postgres::create_pool({.min_size = 10, .max_size = 10});
    co_await pool.execute("CREATE TABLE counters (n int); INSERT INTO counters VALUES (0)");
    std::vector<Coro<>> work;
    for (int i = 0; i < 20; ++i)
        work.push_back([](postgres::Pool from) -> Coro<> {
            co_await async_with(from.acquire(), [](postgres::Connection& db) -> Coro<> {
                co_await async_with(db.transaction(), [&]() -> Coro<> {
                    const int n = co_await db.fetchval<int>("SELECT n FROM counters");
                    co_await sleep(0);
                    co_await db.execute("UPDATE counters SET n = $1", n + 1);
                });
            });
        }(pool));
    co_await gather(std::move(work));
    std::println("{}", co_await pool.fetchval<int>("SELECT n FROM counters"));
    co_await pool.close();
    auto small = co_await postgres::create_pool({.min_size = 1, .max_size = 1});
    auto held = co_await small.acquire();
    co_await report(small.acquire(50ms));
    auto waiting = create_task(small.fetchval<int>("SELECT 7"));
    co_await small.release(held);
    std::println("{}", co_await waiting);
    co_await small.close();`),
    ).toBe('20\nTimeoutError: the timeout expired\n7\n');
  });

  test('hears notifications of other connections', async () => {
    expect(
      await output(`    auto sender = co_await postgres::connect();
    auto first = co_await postgres::connect();
    auto second = co_await postgres::connect();
    auto to_first = co_await first.listen("news");
    auto to_second = co_await second.listen("news");
    co_await sender.execute("SELECT pg_notify($1, $2)", "news", "one");
    std::println("{}", (co_await to_first.next())->payload);
    co_await to_first.aclose();
    co_await sender.execute("NOTIFY news, 'two'");
    for (int i = 0; i < 2; ++i) std::println("{}", (co_await to_second.next())->payload);`),
    ).toBe('one\none\ntwo\n');
  });

  test('goes on after a statement that was cancelled or took too long', async () => {
    expect(
      await output(`    auto db = co_await postgres::connect();
    auto other = co_await postgres::connect({.command_timeout = 100ms});
    auto slow = create_task(db.fetch("SELECT count(*) FROM generate_series(1, 3000000)"));
    co_await sleep(20ms);
    co_await report(other.fetch("SELECT 1"));
    slow.cancel();
    co_await report(slow);
    std::println("{}", co_await db.fetchval<int>("SELECT 2"));
    std::println("{}", co_await other.fetchval<int>("SELECT 3"));`),
    ).toBe('TimeoutError: the timeout expired\nCancelledError\n2\n3\n');
  });
});
