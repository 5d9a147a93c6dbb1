import { describe, expect, test } from '@jest/globals';
import { LlvmCrash } from './llvm.js';
import { awaitsInTryInLoop, addResumePoints, isLoopBug, withResumePoints } from './resume-points.js';

const POINT = '{ co_await ::asyncio::detail::ResumePoint();';

describe('a try block that awaits', () => {
  test('gets a point to resume at, and everything keeps its line and column', () => {
    expect(addResumePoints('for (;;) {\n  try { co_await f(); } catch (...) { g(); } h();\n}')).toBe(
      `for (;;) {\n  ${POINT}\n#line 2\n  try { co_await f(); } catch (...) { g(); }}\n#line 2\n${' '.repeat(44)} h();\n}`,
    );
  });

  test('keeps all its handlers', () => {
    const text = addResumePoints('try { co_await f(); } catch (int) { a(); } catch (...) { b(); }');
    expect(text.startsWith(POINT)).toBe(true);
    expect(text).toContain('catch (...) { b(); }}');
  });

  test('may stand in another', () => {
    const text = addResumePoints('try { try { co_await f(); } catch (int) {} } catch (...) {}');
    expect(text.split(POINT)).toHaveLength(3);
  });

  test('may be all there is after an if', () => {
    expect(addResumePoints('if (x) try { co_await f(); } catch (...) {}')).toContain(POINT);
  });

  test('may yield instead', () => {
    expect(addResumePoints('try { co_yield 1; } catch (...) {}')).toContain(POINT);
  });
});

describe('nothing is changed of', () => {
  test.each([
    ['a try block that does not await', 'try { f(); } catch (...) {}'],
    ['one whose lambda awaits', 'try { run([&](int n) -> Coro<> { co_await f(n); }); } catch (...) {}'],
    ['a function that is a try block', 'Coro<> f() try { co_await g(); } catch (...) {}'],
    ['what a comment says', '// try { co_await f(); } catch (...) {}\n/* try { co_await f(); } catch (...) {} */'],
    ['what a string says', 'f("try { co_await f(); } catch (...) {}", R"x(try { co_await f(); } catch (...) {})x");'],
    ['a macro', '#define T \\\n  try { co_await f(); } catch (...) {}\n  #define U try { co_await f(); } catch (...) {}'],
    ['what is not finished', 'try { co_await f(); } catch ('],
  ])('%s', (_, text) => {
    expect(addResumePoints(text)).toBe(text);
  });
});

test('literals do not hide what follows them', () => {
  const text = `auto a = 1'000'000; auto b = '"'; auto c = "\\""; auto d = '\\''; try { co_await f(a[b]); } catch (...) {}`;
  expect(addResumePoints(text)).toContain(POINT);
});

test('a subscript is not taken for a lambda', () => {
  expect(addResumePoints('try { a[0]; if (x) { co_await f(); } } catch (...) {}')).toContain(POINT);
});

test('files without such a block are left alone as a whole', () => {
  expect(withResumePoints({ 'main.cpp': 'int main() {}' })).toBeUndefined();
});

test('the bug is known by its assertion, and by a module that is not valid', () => {
  const crash = (output: string): LlvmCrash => new LlvmCrash(new WebAssembly.RuntimeError('unreachable'), output);
  expect(isLoopBug(crash('Assertion failed: Explicit branch to an EH pad!'))).toBe(true);
  expect(isLoopBug(new WebAssembly.CompileError('invalid'))).toBe(true);
  expect(isLoopBug(crash('Assertion failed: something else'))).toBe(false);
});

describe('a try block that awaits in a loop', () => {
  const within = (body: string): boolean => awaitsInTryInLoop({ 'main.cpp': `asyncio::Coro<> f() { ${body} }` });
  const block = 'try { co_await g(); } catch (...) {}';

  test.each([
    `while (true) { ${block} }`,
    `for (int i = 0; i < 3; ++i) ${block}`,
    `do { if (x) { ${block} } } while (more());`,
    `for (auto& each : all) if (each) ${block} else h();`,
    `while (a) while (b) { x(); ${block} }`,
  ])('is found: %s', (body) => {
    expect(within(body)).toBe(true);
  });

  test.each([
    block,
    `while (true) { x(); } ${block}`,
    `for (auto& each : all) { use(each); } ${block}`,
    `for (auto& each : all) use(each); ${block}`,
    `while (true) { try { g(); } catch (...) {} }`,
    `if (x) { ${block} } while (more()) { co_await g(); }`,
  ])('is not seen in %s', (body) => {
    expect(within(body)).toBe(false);
  });
});
