import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { loadCompiler, loadFastCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import type { CompileOutcome } from '../../../web/compile/worker/compiler.js';
import type { CompileOptions } from '../../../web/protocol/compile.js';

type Compile = (files: Record<string, string>, options: CompileOptions) => Promise<CompileOutcome> | CompileOutcome;

const options: CompileOptions = { optimisation: '0', warnings: 'all' };
let page: { compile: Compile };
let fast: { compile: Compile };

beforeAll(async () => {
  execFileSync(process.execPath, ['web/build/compiler/build.mjs']);
  page = (await loadCompiler());
  fast = (await loadFastCompiler());
}, 300_000);

/** The imports of a module from the main module, and its exports. */
function linksOf(outcome: CompileOutcome): { imports: unknown; exports: unknown } {
  if (outcome.type !== 'compiled') throw new Error(`not compiled: ${JSON.stringify(outcome)}`);
  const module = new WebAssembly.Module(Uint8Array.from(outcome.module));
  return { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) };
}

test.each(['05-timeouts', '23-worker-that-survives', '48-swallowed-cancellation'])(
  'what the build compiles %s to takes the same of the main module as what the page compiles it to',
  async (name) => {
    const files = { 'main.cpp': readFileSync(`examples/${name}.cpp`, 'utf8') };
    expect(linksOf(await fast.compile(files, options))).toEqual(linksOf(await page.compile(files, options)));
  },
);

test("a mistake is reported in the page's own words", async () => {
  const files = { 'main.cpp': '#include <print>\nint main() { std::printn("x"); }\n' };
  const told = await fast.compile(files, options);
  expect(told.type).toBe('compile-error');
  expect({ ...told, timings: undefined }).toEqual({ ...(await page.compile(files, options)), timings: undefined });
});
