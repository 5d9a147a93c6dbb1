import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { loadCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import { built } from '../../../web/build/compiler/paths.mjs';
import type { Compiler } from '../../../web/compile/worker/compiler.js';
import type { Llvm, LlvmResult } from '../../../web/compile/worker/llvm.js';
import { loopShape } from './loop-shapes.js';

let compiler: Compiler;
let tools: typeof Llvm;
let commands: string[][];

beforeAll(async () => {
  compiler = await loadCompiler();
  ({ Llvm: tools } = (await import(pathToFileURL(built.core).href)) as { Llvm: typeof Llvm });
});

beforeEach(() => {
  commands = [];
  const run: (this: Llvm, ...args: Parameters<Llvm['run']>) => LlvmResult = Reflect.get(tools.prototype, 'run');
  jest.spyOn(tools.prototype, 'run').mockImplementation(function (this: Llvm, args, files) {
    commands.push(args);
    return run.call(this, args, files);
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** The levels of optimisation at which clang has made code of it. */
function levelsOf(text: string): string[] {
  const outcome = compiler.compile({ 'main.cpp': text }, { optimisation: '0' });
  if (outcome.type !== 'compiled') throw new Error(JSON.stringify(outcome));
  return commands.filter((args) => args.includes('-emit-obj')).flatMap((args) => args.filter((arg) => /^-O\d$/.test(arg)));
}

const coroutine = (body: string): string => `#include <asyncio.hpp>
#include <stdexcept>
asyncio::Coro<int> half(int n);
void log(const char*);
asyncio::Coro<> work() { ${body} }
asyncio::Coro<int> half(int n) { co_return n / 2; }
void log(const char*) {}
int main() { asyncio::run(work()); }
`;

test.each([
  ['two awaits', 'for (;;) { try { int a = co_await half(1); co_await half(a); } catch (const std::exception&) { log("no"); } }'],
  ['a catch block that continues', 'for (int i = 0; i < 3; ++i) { try { co_await half(co_await half(i)); } catch (...) { continue; } log("yes"); }'],
  ['an await after the catch block', 'for (;;) { bool failed = false; try { co_await half(1); co_await half(2); } catch (...) { failed = true; } if (failed) co_await half(3); }'],
  ['a catch block that returns', 'while (true) { try { int a = co_await half(1); co_await half(a); } catch (const std::logic_error&) { log("no"); } catch (...) { co_return; } }'],
  ['nested try blocks', 'for (;;) { try { try { co_await half(1); } catch (const std::logic_error&) { throw; } co_await half(2); } catch (...) { log("no"); } }'],
  ['a temporary with a destructor', 'for (;;) { try { log((std::to_string(co_await half(1)) + std::to_string(co_await half(2))).c_str()); } catch (...) { log("no"); } }'],
])('a try block in a loop is compiled once, without optimisation: %s', (_, body) => {
  expect(levelsOf(coroutine(body))).toEqual(['-O0']);
});

test.each([3, 8, 16, 21, 28, 35])('so is a program of nested loops, try blocks and awaits (%i)', (seed) => {
  expect(levelsOf(loopShape(seed))).toEqual(['-O0']);
});

test('its errors and warnings are about the text as it is written', () => {
  const outcome = (body: string): ReturnType<Compiler['compile']> => compiler.compile({ 'main.cpp': coroutine(body) }, { optimisation: '0' });
  const loop = (inner: string): string => `for (;;) { try { co_await half(1); ${inner} } catch (...) { log("no"); } int unused = 1; }`;
  const columnOf = (inner: string, word: string): number => (coroutine(loop(inner)).split('\n')[4]?.indexOf(word) ?? 0) + 1;
  const failed = outcome(loop('missing();'));
  expect(failed).toMatchObject({
    type: 'compile-error',
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ message: "use of undeclared identifier 'missing'", range: expect.objectContaining({ startLine: 5, startColumn: columnOf('missing();', 'missing') }) }),
    ]),
  });
  expect(JSON.stringify(failed)).not.toContain('ResumePoint');
  expect(outcome(loop(''))).toMatchObject({ type: 'compiled', diagnostics: [{ message: "unused variable 'unused'", range: { startLine: 5, startColumn: columnOf('', 'unused') } }] });
});
