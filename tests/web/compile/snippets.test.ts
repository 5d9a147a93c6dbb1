import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import type { CompileOutcome, Compiler } from '../../../web/compile/worker/compiler.js';
import type { Optimisation } from '../../../web/protocol/compile.js';
import type { Diagnostic } from '../../../web/protocol/diagnostic.js';

const BUILD_LIMIT_MS = 1_800_000;

let compiler: Compiler;

beforeAll(async () => {
  execFileSync(process.execPath, ['web/build/compiler/build.mjs']);
  compiler = (await loadCompiler());
}, BUILD_LIMIT_MS);

function compile(source: string, optimisation: Optimisation = '0', others: Record<string, string> = {}): CompileOutcome {
  return compiler.compile({ 'main.cpp': source, ...others }, { optimisation });
}

function exportsOf(outcome: CompileOutcome): string[] {
  if (outcome.type !== 'compiled') throw new Error(`not compiled: ${JSON.stringify(outcome)}`);
  const module = new WebAssembly.Module(outcome.module as Uint8Array<ArrayBuffer>);
  return WebAssembly.Module.exports(module).map(({ name }) => name);
}

function errorsOf(outcome: CompileOutcome): Diagnostic[] {
  if (outcome.type !== 'compile-error') throw new Error(`no compile error: ${JSON.stringify(outcome)}`);
  return outcome.diagnostics.filter(({ severity }) => severity === 'error');
}

describe('a program', () => {
  test.each(['0', '1', '2'] as const)('of coroutines becomes a side module at -O%s', (optimisation) => {
    const outcome = compile(readFileSync('examples/02-gather-with-semaphore.cpp', 'utf8'), optimisation);
    expect(exportsOf(outcome)).toContain('main');
    expect(outcome).toMatchObject({ diagnostics: [] });
  });

  test('may have async_main in place of main', () => {
    const outcome = compile('#include <asyncio.hpp>\nasyncio::Coro<int> async_main() { co_return 6; }');
    expect(exportsOf(outcome)).toContain('_Z10async_mainv');
  });

  test('may have main with arguments', () => {
    expect(exportsOf(compile('int main(int, char**) { return 0; }'))).toContain('__main_argc_argv');
  });

  test('may have headers of its own, also in folders', () => {
    const source = '#include "parts/answer.hpp"\nint main() { return answer(); }';
    const first = compile(source, '0', { 'parts/answer.hpp': 'inline int answer() { return 42; }' });
    const edited = compile(source, '0', { 'parts/answer.hpp': 'inline long answer() { return 42; } // edited' });
    expect(exportsOf(first)).toContain('main');
    expect(exportsOf(edited)).toContain('main');
  });

  test('may include headers that are not compiled ahead of time', () => {
    const source = '#include <regex>\nint main() { return std::regex_match("aab", std::regex("a+b")); }';
    expect(exportsOf(compile(source))).toContain('main');
  });

  test('may be 2 MB long', () => {
    const source = `int main() {}\n${'// a line of forty-eight characters, more or less\n'.repeat(42_000)}`;
    expect(source.length).toBeGreaterThan(2_000_000);
    expect(exportsOf(compile(source))).toContain('main');
  });

  test('keeps its warnings', () => {
    const outcome = compile('int main() { int unused; }');
    expect(outcome).toMatchObject({
      type: 'compiled',
      diagnostics: [
        {
          severity: 'warning',
          file: 'main.cpp',
          code: '-Wunused-variable',
          range: { startLine: 1, startColumn: 18, endLine: 1, endColumn: 24 },
        },
      ],
    });
  });
});

describe('an error of a program is reported at its place', () => {
  test('a forgotten semicolon, with the fix', () => {
    const [error] = errorsOf(compile('int main() {\n  int x = 1\n  return x;\n}\n'));
    expect(error).toMatchObject({
      file: 'main.cpp',
      range: { startLine: 2, startColumn: 12 },
      message: "expected ';' at end of declaration",
      fixIts: [{ file: 'main.cpp', replacement: ';', range: { startLine: 2, startColumn: 12, endColumn: 12 } }],
    });
  });

  test('an unknown name after letters of other alphabets, in UTF-16 columns', () => {
    const [error] = errorsOf(compile('/* é😀 */ int main() { return nothing; }'));
    expect(error?.range).toEqual({ startLine: 1, startColumn: 31, endLine: 1, endColumn: 38 });
  });

  test('a call that matches no function, with a note at each candidate', () => {
    const [error] = errorsOf(compile('void f(int);\nint main() { f("text"); }'));
    expect(error).toMatchObject({ message: "no matching function for call to 'f'", range: { startLine: 2 } });
    expect(error?.notes).toMatchObject([{ file: 'main.cpp', range: { startLine: 1 } }]);
  });

  test('a header that is not there', () => {
    const [error] = errorsOf(compile('#include "nowhere.hpp"\nint main() {}'));
    expect(error).toMatchObject({ message: "'nowhere.hpp' file not found", range: { startLine: 1, startColumn: 10 } });
  });

  test('a header of its own', () => {
    const [error] = errorsOf(compile('#include "own.hpp"\nint main() {}', '0', { 'own.hpp': '\nint x = ;\n' }));
    expect(error).toMatchObject({ file: 'own.hpp', range: { startLine: 2, startColumn: 9 } });
  });

  test('a template without end', () => {
    const source = 'template <int n> struct T { static constexpr int v = T<n + 1>::v; };\nint main() { return T<0>::v; }';
    expect(errorsOf(compile(source))[0]?.message).toMatch(/^recursive template instantiation exceeded maximum depth/);
  });

  test('a constant without end', () => {
    const source = 'constexpr int f(int n) { return f(n + 1) + 1; }\nconstexpr int x = f(0);\nint main() {}';
    expect(errorsOf(compile(source))[0]?.message).toMatch(/must be initialized by a constant expression/);
  });

  test('nesting without end', () => {
    const source = `int main() { return ${'('.repeat(10_000)}1${')'.repeat(10_000)}; }`;
    expect(errorsOf(compile(source))[0]?.message).toMatch(/^bracket nesting level exceeded/);
  });

  test('async_main that gives no exit code, in place of main', () => {
    const source = '#include <asyncio.hpp>\nasyncio::Coro<> async_main() { co_return; }\n';
    expect(errorsOf(compile(source))[0]?.message).toBe(
      'async_main must return asyncio::Coro<int>: its result is the exit code',
    );
    expect(compile(`${source}int main() { asyncio::run(async_main()); }`).type).toBe('compiled');
  });

  test.each(['', 'int f() { return 1; }', 'namespace n { int main() { return 1; } }'])('no main function: %j', (source) => {
    expect(errorsOf(compile(source))[0]?.message).toBe('the program has no main function: add int main() { ... }');
  });

  test('a function defined twice in two ways that only the linker sees', () => {
    const source = 'extern "C" int one() { return 1; }\nint two() __asm__("one");\nint two() { return 2; }\nint main() {}';
    expect(compile(source).type).not.toBe('compiled');
  });
});

describe('a file that cannot be given to the compiler is refused', () => {
  test.each(['usr/include/stdio.h', '../outside.hpp', '/absolute.hpp', 'a//b.hpp'])('%s', (path) => {
    expect(errorsOf(compile('int main() {}', '0', { [path]: '' }))[0]?.message).toContain(path);
  });

  test('one whose folder is itself a file', () => {
    expect(errorsOf(compile('int main() {}', '0', { 'main.cpp/x.hpp': '' }))).toHaveLength(1);
  });

  test('no main.cpp', () => {
    const outcome = compiler.compile({ 'other.cpp': 'int main() {}' }, { optimisation: '0' });
    expect(errorsOf(outcome)[0]?.message).toBe('there is no main.cpp');
  });
});

test('a crash of the compiler does not outlast it', () => {
  const outcome = compile(`int main() { return ${'1+'.repeat(200_000)}1; }`);
  expect(outcome).toMatchObject({ type: 'failed', message: expect.stringContaining('ran out of stack') });
  expect(exportsOf(compile('int main() {}'))).toContain('main');
});
