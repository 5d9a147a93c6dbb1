import { afterEach, describe, expect, test } from '@jest/globals';
import type { Playground } from './harness.js';
import { oneVisit } from './one-visit.js';
import { onlyInTestAll } from './sample.js';

const requested: string[] = [];
let playground: Playground;
oneVisit(
  (opened) => {
    playground = opened;
  },
  { requested },
);

afterEach(() => {
  expect(playground.takeErrors()).toEqual([]);
});

const server = `#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <cstdio>
#include <print>
#include <stdexcept>
using namespace asyncio;
using namespace std::chrono_literals;

constexpr std::size_t piece = 64 * 1024;
constexpr std::size_t pieces = 1024;

web::Application make_app() {
    web::Application app;
    app.router().add_get("/", [](web::Request&) -> Coro<web::Response> { co_return web::Response{.text = "hello"}; });
    app.router().add_get("/bug", [](web::Request&) -> Coro<web::Response> { throw std::runtime_error("a bug"); co_return web::Response{}; });
    app.router().add_get("/stream", [](web::Request& request) -> Coro<web::Response> {
        web::StreamResponse response;
        co_await response.prepare(request);
        for (std::size_t i = 0; i < pieces; ++i) co_await response.write(std::string(piece, 'x'));
        co_return response;
    });
    app.router().add_get("/events", [](web::Request& request) -> Coro<web::Response> {
        co_return co_await web::sse_response(request, [](web::EventStream events) -> Coro<> { co_await events.send("tick"); });
    });
    app.router().add_get("/ws", [](web::Request& request) -> Coro<web::WebSocketResponse> {
        web::WebSocketResponse socket;
        co_await socket.prepare(request);
        while (auto message = co_await socket.next()) co_await socket.send_str("you said " + message->data);
        co_return socket;
    });
    app.on_cleanup([]() -> Coro<> { std::puts("cleaned up"); co_return; });
    return app;
}
`;

/** A program whose server listens on port 8080 while its body runs. */
const serving = (body: string): string => `${server}
Coro<> amain() {
    web::AppRunner runner(make_app());
    co_await async_with(runner, [&]() -> Coro<> {
        web::TCPSite site(runner, "127.0.0.1", 8080);
        co_await site.start();
        http::ClientSession session;
${body}
    });
}
int main() { run(amain()); }
`;

describe('a program with a web server', () => {
  test('is its client too: over HTTP, server-sent events and a WebSocket, without the browser’s network', async () => {
    const { report, stdout } = await playground.run(
      serving(`        auto hello = co_await session.get("http://127.0.0.1:8080");
        std::println("{} {}", hello.status(), co_await hello.text());
        auto events = co_await session.get("http://localhost:8080/events");
        std::print("{}", co_await events.text());
        auto socket = co_await websocket::connect("ws://127.0.0.1:8080/ws");
        co_await socket.send("hello");
        std::println("{}", (co_await socket.receive()).data);
        co_await socket.close();
        http::ClientResponse none = co_await session.get("http://127.0.0.1:8080/none");
        std::println("{}", none.status());`),
    );
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    expect(stdout).toBe('200 hello\ndata: tick\n\nyou said hello\n404\ncleaned up\n');
    expect(requested.filter((url) => url.includes('8080'))).toEqual([]);
    expect(requested.filter((url) => url.endsWith('.a')).map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual(['web.a']);
  });

  test('answers what is malformed with 400, and an error of a handler with 500, and goes on', async () => {
    const { report, stdout, stderr } = await playground.run(
      serving(`        auto [reader, writer] = co_await open_connection("127.0.0.1", 8080);
        writer.write("GET / HTTP/1.1\\r\\nHost : x\\r\\n\\r\\n");
        std::println("{}", (co_await reader.readline()).substr(9, 3));
        std::println("{}", (co_await session.get("http://127.0.0.1:8080/bug")).status());
        std::println("{}", (co_await session.get("http://127.0.0.1:8080/")).status());`),
    );
    expect(report.outcome).toEqual({ type: 'complete', exitCode: 0 });
    expect(stdout).toBe('400\n500\n200\ncleaned up\n');
    expect(stderr).toContain('Unhandled exception in the handler of GET /bug');
    expect(stderr).toContain('a bug');
  });

  onlyInTestAll(() => {
    test('streams 64 MB through a handler in the memory of a few pieces', async () => {
      const { stdout } = await playground.run(
        serving(`        const std::size_t before = __builtin_wasm_memory_size(0);
          auto response = co_await session.get("http://127.0.0.1:8080/stream");
          std::size_t size = 0;
          auto parts = response.content().iter_chunked(piece);
          while (auto part = co_await parts.next()) size += part->size();
          std::println("{}", size == pieces * piece);
          std::println("{}", (__builtin_wasm_memory_size(0) - before) * 65536 < 4'000'000);`),
      );
      expect(stdout).toBe('true\ntrue\ncleaned up\n');
    });
  });

  test('ends its requests and cleans up at Stop', async () => {
    const running = playground.run(`${server}
Coro<> ask() {
    co_await sleep(10ms);
    auto socket = co_await websocket::connect("ws://127.0.0.1:8080/ws");
    std::puts("connected");
    co_await socket.next();
    std::println("closed with {}", socket.close_code().value_or(0));
}
Coro<> amain() {
    auto asking = create_task(ask());
    co_await web::run_app(make_app(), {.server = {.shutdown_timeout = 0}, .print = false});
}
int main() { run(amain()); }
`);
    await playground.consoleShows('connected');
    await playground.page.click('#run');
    const { report, stdout } = await running;
    expect(report.outcome).toMatchObject({ type: 'stopped', forced: false });
    expect(stdout).toContain('cleaned up\n');
  });
});

test('a program without a web server is told what its own server needs to be reached over HTTP', async () => {
  const { report, stderr } = await playground.run(`#include <asyncio.hpp>
using namespace asyncio;
Coro<> amain() {
    auto server = co_await start_server([](StreamReader, StreamWriter) -> Coro<> { co_return; }, "127.0.0.1", 8080);
    http::ClientSession session;
    co_await session.get("http://127.0.0.1:8080/");
}
int main() { run(amain()); }
`);
  expect(report.outcome).toMatchObject({ type: 'crash' });
  expect(stderr + JSON.stringify(report.outcome)).toContain('only in a program with a web server: #include <asyncio/web.hpp>');
});
