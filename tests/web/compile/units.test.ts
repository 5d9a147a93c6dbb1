import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { loadFastCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import type { CompileOutcome } from '../../../web/compile/worker/compiler.js';

let compile: (files: Record<string, string>) => Promise<CompileOutcome>;

beforeAll(async () => {
  execFileSync(process.execPath, ['web/build/compiler/build.mjs']);
  const compiler = await loadFastCompiler();
  compile = async (files) => compiler.compile(files, { optimisation: '0', warnings: 'all' });
}, 300_000);

const main = '#include "twice.hpp"\nint main() { return twice(3); }\n';
const header = '#pragma once\nint twice(int);\n';
const twice = '#include "twice.hpp"\nint twice(int n) { return 2 * n; }\n';

const errorsOf = (outcome: CompileOutcome): string[] =>
  outcome.type === 'compile-error' ? outcome.diagnostics.map(({ file, range, message }) => `${file}:${range.startLine}: ${message}`) : [outcome.type];

test('a function of another source is linked', async () => {
  const outcome = await compile({ 'main.cpp': main, 'twice.hpp': header, 'twice.cpp': twice });
  if (outcome.type !== 'compiled') throw new Error(JSON.stringify(outcome));
  expect(outcome.diagnostics).toEqual([]);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(outcome.module)));
  expect(imports.filter(({ name }) => name.includes('twice'))).toEqual([]);
});

test('the errors of each source are reported', async () => {
  const outcome = await compile({ 'main.cpp': 'int main() { return one; }\n', 'b/two.cpp': '\nint f() { return two; }\n' });
  expect(errorsOf(outcome)).toEqual(["main.cpp:1: use of undeclared identifier 'one'", "b/two.cpp:2: use of undeclared identifier 'two'"]);
});

test('a header that two sources include is warned of once', async () => {
  const warned = `${header}inline int odd(int unused) { return 1; }\n`;
  const outcome = await compile({ 'main.cpp': main, 'twice.hpp': warned, 'twice.cpp': twice });
  expect(outcome.type === 'compiled' && outcome.diagnostics.map(({ message }) => message)).toEqual(["unused parameter 'unused'"]);
});

test('what two sources define is an error that names it', async () => {
  const outcome = await compile({ 'main.cpp': `${twice}int main() {}\n`, 'twice.hpp': header, 'twice.cpp': twice });
  expect(errorsOf(outcome).join()).toMatch(/twice\(int\) is defined more than once/);
});
