import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import type { Compiler } from '../../../web/compile/worker/compiler.js';

const PREPARED = `#include <asyncio.hpp>
#include <map>
#include <memory>
#include <optional>
using asyncio::Coro, std::string;
Coro<> greet(const string& name) { (void)name; co_return; }
Coro<> see(std::string_view name, int times) { (void)name; (void)times; co_return; }
Coro<> add(Coro<> inner) { co_await std::move(inner); }
Coro<> by_value(string name, std::vector<int> numbers = {1}) { (void)name; (void)numbers; co_return; }
Coro<> change(string& name) { name += "!"; co_return; }
Coro<> with(int number, const std::map<int, int>& options = {}) { (void)number; (void)options; co_return; }
asyncio::AsyncGenerator<char> letters(const string& word) { for (char letter : word) co_yield letter; }
template <class T> Coro<> show(const T& value) { (void)value; co_return; }
struct Worker {
    string name;
    Coro<> run() const { (void)name; co_return; }
    Coro<> say(const string& word) { (void)name; (void)word; co_return; }
    static Coro<> rest(int) { co_return; }
};
std::shared_ptr<Worker> worker();
Coro<> wrap(const string& name) { return by_value(name); }
std::vector<Coro<>> many();
`;

let compiler: Compiler;

beforeAll(async () => {
  compiler = (await loadCompiler());
});

/** The lines of these functions that get a warning; each function is given as the lines of its body. */
function warned(...bodies: string[][]): string[] {
  const functions = bodies.map((lines, index) => [
    `Coro<> body${index}(string local, const string& given, asyncio::TaskGroup& group) {`,
    ...lines,
    '}',
  ]);
  const source = [...PREPARED.split('\n'), ...functions.flat(), 'int main() {}'];
  const outcome = compiler.compile({ 'main.cpp': source.join('\n') }, { optimisation: '0' });
  if (outcome.type !== 'compiled') throw new Error(JSON.stringify(outcome));
  return outcome.diagnostics.map(({ code, range }) => (code === 'asyncio-gone-argument' ? '' : `${code}: `) + source[range.startLine - 1]);
}

describe('a coroutine that is kept longer than what it refers to', () => {
  test('gets a warning, whatever keeps it', () => {
    const lines = [
      'auto c1 = greet("a");',
      'auto c2 = greet(string("a"));',
      'auto c3 = see(local + "a", 1);',
      'auto c4 = add(greet("a"));',
      'auto c5 = Worker{"a"}.run();',
      'auto c6 = with(1);',
      'auto c7 = letters("a");',
      'auto c8 = show(3);',
      'c1 = greet("b");',
      'std::vector<Coro<>> all; all.push_back(greet("a"));',
      'auto t1 = asyncio::create_task(greet("a"));',
      'asyncio::create_task(Worker{"a"}.run(), "name");',
      'group.create_task(see(std::string("a"), 1));',
      'auto t2 = asyncio::ensure_future(greet("a"));',
      'auto g1 = asyncio::gather(greet(local), greet("a"));',
      'auto w1 = asyncio::wait_for(greet("a"), std::chrono::seconds(1));',
      'auto s1 = asyncio::shield(greet("a"));',
      'struct { Coro<> inner; } held{greet("a")};',
      'Coro<> c10{greet("a")};',
      'auto c11{greet("a")};',
      'const Coro<> c12 = {greet("a")};',
      'Coro<> c13(greet("a"));',
      'auto lambda = [](const int& n) -> Coro<> { (void)n; co_return; }; auto c9 = lambda(4);',
    ];
    expect(warned([...lines, 'co_return;'])).toEqual(lines);
  });

  test('gets a warning if it outlives the function', () => {
    const lines = ['return greet(local);', 'return greet("a");', 'return change(local);', 'return Worker{"a"}.run();'];
    expect(warned(...lines.map((line) => [line]))).toEqual(lines);
  });

  test('gets no false warning', () => {
    const lines = [
      'auto c1 = greet(local);',
      'auto c2 = see("a", 1);',
      'auto c3 = by_value("a"); auto c4 = wrap("a"); auto c5 = Worker::rest(1);',
      'Worker w{"a"}; auto c6 = w.run(); auto c7 = w.say(local); auto c8 = worker()->run();',
      'co_await greet("a"); co_await add(greet("a")); co_await Worker{"a"}.run();',
      'co_await asyncio::gather(greet("a"), see(string("b"), 2));',
      'co_await asyncio::create_task(greet("a"));',
      'Coro<> c10{greet(local)}; co_await Coro<>{greet("a")};',
      'co_await asyncio::wait_for(greet("a"), std::chrono::seconds(1));',
      'auto moved = std::move(many().front()); std::vector<Coro<>> all = many(); all.push_back(std::move(many().back()));',
      'moved = std::move(c1); auto t1 = asyncio::create_task(std::move(c2)); auto c9 = change(local);',
    ];
    expect(warned([...lines, 'co_return;'], ['return greet(given);'])).toEqual([]);
  });
});

test('a program with errors gets only its errors', () => {
  const source = `${PREPARED}Coro<> f() { auto c = greet("a"); undeclared(); co_return; }`;
  const outcome = compiler.compile({ 'main.cpp': source }, { optimisation: '0' });
  expect(outcome).toMatchObject({ type: 'compile-error', diagnostics: [{ severity: 'error' }] });
});
