import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { halfWritten } from './half-written.mjs';
import { root } from '../paths.mjs';

/** @typedef {import('../../../protocol/compile.js').CompileOptions} CompileOptions */

/**
 * @typedef {object} Program
 * @property {string} source
 * @property {Record<string, string>} [others] files that it includes
 */

const examples = programsIn('examples');

/** The long ones cover what the short ones use. */
const longExamples = examples.toSorted((a, b) => b.length - a.length).slice(0, 16);
const withLibrary = [...examples, ...programsIn('web/docs/api/examples')].filter((text) => /#include <asyncio\/(?:broker|logging|postgres|profile|sqlite|testing|web)\.hpp>/.test(text));

/** @param {string} folder */
function programsIn(folder) {
  return readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.cpp') ? [textOf(folder, name)] : []));
}

/**
 * @param {string} folder
 * @param {string} name
 */
function textOf(folder, name) {
  return readFileSync(join(root, folder, name), 'utf8');
}

/**
 * @param {string} source
 * @returns {Program & CompileOptions}
 */
function plain(source) {
  return { source, optimisation: '0' };
}

/**
 * Programs that use the parts of the compiler that most programs use, including invalid ones.
 * @type {(Program & CompileOptions)[]}
 */
export const training = [
  ...[...new Set([...longExamples, ...withLibrary])].map(plain),
  // Its try block in a loop is compiled at every optimisation level.
  { source: textOf('examples', '23-worker-that-survives.cpp'), optimisation: '0' },
  {
    optimisation: '0',
    source: `#include <vector>
struct S { int alpha; };
template <class T> concept Small = sizeof(T) < 2;
template <Small T> void take(T) {}
enum class Colour { red, green };
int g() { S s; auto e = s.alhpa; int unused = 3 return e; }
int main() { std::vector<int> v; v.push_bakc(3); g("x"); if (g() = 3) {} take(1); cout << "x"; }`,
  },
  {
    optimisation: '0',
    source: `#include <regex>
#include <thread>
#include <fstream>
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; };
struct Square final : Shape { double side; explicit Square(double s) : side(s) {} double area() const override { return side * side; } };
constexpr int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }
static_assert(factorial(5) == 120);
enum class Colour { red, green };
int count(Colour colour) { switch (colour) { case Colour::red: return 1; case Colour::green: return 2; } return 0; }
union Bits { float real; unsigned whole; };
int undefined_elsewhere(int);
int main(int argc, char** argv) try {
    int unused = argc, shadow[3] = {1, 2, 3};
    auto sum = [&](auto... values) { return (values + ... + argc); };
    for (int each : shadow) if (each & 1) continue; else goto out;
out:
    static thread_local long counter = 0;
    std::unique_ptr<Shape> shape = std::make_unique<Square>(2.0);
    Bits bits{1.5f};
    long double wide = 1.0L * shape->area() / (argc ? argc : 1);
    __int128 huge = 1;
    return sum(1, 2.5, 'c') + count(Colour::green) + undefined_elsewhere(3) + int(bits.whole + wide + huge + ++counter)
        + dynamic_cast<Square*>(shape.get())->side + std::regex_match(argv[0], std::regex("a+b"));
} catch (const std::exception& error) { throw; }`,
  },
  ...[
    '#include "nowhere.hpp"\nint main() {}',
    'template <int n> struct Deep { static constexpr int value = Deep<n + 1>::value; }; int main() { return Deep<0>::value; }',
    'template <class T> struct Box {}; template <class T> auto box(T value) { return box(Box<T>{}); } int main() { box(1); }',
    'constexpr int count(int n) { return count(n + 1) + 1; } constexpr int all = count(0); int main() { return all; }',
    `int main() { return ${'('.repeat(200)}1${')'.repeat(200)}; }`,
    'struct S { S(int); }; int f(double); int f(char); int main() { S s; f("text"); int x = "text"; undeclared(); std::vector<S> v(3); return }',
  ].map(plain),
  { optimisation: '2', source: textOf('examples', '01-hello.cpp') },
  {
    optimisation: '0',
    source: `#include <asyncio.hpp>
asyncio::Coro<> greet(const std::string& name) { std::println("{}", name); co_return; }
asyncio::Coro<> see(std::string_view name, int times = 1) { std::println("{}", times); co_return; }
struct Worker { std::string name; asyncio::Coro<> run() const { co_return; } };
asyncio::Coro<> returned() { std::string name; return greet(name); }
asyncio::Coro<> amain() {
    auto later = greet("a");
    later = see(std::string("b"));
    std::vector<asyncio::Coro<>> all;
    all.push_back(Worker{"c"}.run());
    asyncio::create_task(see(std::string("d") + "e", 2));
    struct { asyncio::Coro<> inner; } held{greet("f")};
    auto* kept = new asyncio::Coro<>(greet("g"));
    co_await asyncio::gather(std::move(later), std::move(held.inner), std::move(*kept));
}
int main() { asyncio::run(amain()); }`,
  },
  {
    optimisation: '0',
    standard: 'c++26',
    warnings: 'all',
    source: `#include <asyncio.hpp>
#include "own.hpp"
template <class... Types> auto first(Types... values) { return values...[0]; }
void gone(int) = delete("reason");
struct Point { int x, y; };
asyncio::Coro<int> work(int unused) { auto [a, _] = Point{1, 2}; auto [b, _] = Point{3, 4}; unsigned size = 3; if (a < size) {} co_return a + b + first(1, 2); }
int main() { int x = 1; x = x; return asyncio::run(work(1)) ?: own(1); }`,
    others: {
      'own.hpp': `#pragma once
#include <string>
inline int own(int number, int other = 2) { std::string text; return number + int(text.size()); }
struct Base { virtual int area() { return 1; } };
struct Own : Base { int area() { return 2; } int missing; };`,
    },
  },
  {
    optimisation: '0',
    threads: true,
    source: `#include <asyncio.hpp>
#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <thread>
struct Counted { int value = 1; ~Counted() { value = 0; } };
thread_local int plain = 3;
thread_local Counted counted;
std::atomic<long> sum = 0;
std::atomic<bool> flag = false;
std::mutex mutex;
std::condition_variable changed;
asyncio::Coro<int> twice(int n) { co_return n * co_await asyncio::to_thread([] { return 2; }); }
int main() {
    std::latch started(1);
    std::counting_semaphore<> room(1);
    std::jthread worker([&](std::stop_token token) {
        started.count_down();
        while (!token.stop_requested()) { sum += ++plain + counted.value; sum.fetch_sub(1, std::memory_order_relaxed); }
        const std::scoped_lock lock(mutex);
        flag = true;
        changed.notify_all();
    });
    started.wait();
    worker.request_stop();
    std::unique_lock lock(mutex);
    changed.wait(lock, [] { return flag.load(); });
    bool expected = true;
    flag.compare_exchange_strong(expected, false);
    std::println("{} {} {}", sum.load(), std::async(std::launch::async, [] { return 1; }).get(), asyncio::run(twice(1)));
}`,
  },
];

/** The editor's requests while such programs are written. */
export const beingWritten = halfWritten(examples.filter((_, index) => index % 3 === 0));
