import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { loadCompiler } from '../../../web/build/compiler/node-compiler.mjs';
import type { Compiler } from '../../../web/compile/worker/compiler.js';
import { templates, withoutPlaces } from '../../../web/editor/templates.js';

const BUILD_LIMIT_MS = 1_800_000;

let compiler: Compiler;

beforeAll(async () => {
  execFileSync(process.execPath, ['web/build/compiler/build.mjs']);
  compiler = (await loadCompiler());
}, BUILD_LIMIT_MS);

function programOf({ scope, body }: (typeof templates)[number]): string {
  const text = withoutPlaces(body);
  if (scope === 'file') return text.includes('int main') ? text : `#include <asyncio.hpp>\n#include <print>\n${text}int main() {}\n`;
  // The names that a template leaves to its context.
  const around = 'asyncio::Lock lock;\nasyncio::Coro<> work() { co_return; }\nasyncio::AsyncGenerator<int> numbers() { co_yield 1; }\n';
  return `#include <asyncio.hpp>\n#include <print>\n${around}asyncio::Coro<> run() {\nauto values = numbers();\n${text}\n}\nint main() {}\n`;
}

test.each(templates.map((template) => [template.name, template] as const))('the template %s compiles as it is inserted', (_name, template) => {
  expect(compiler.compile({ 'main.cpp': programOf(template) }, { optimisation: '0', warnings: 'default' })).toMatchObject({
    type: 'compiled',
    diagnostics: [],
  });
});

test('no two templates have one name', () => {
  expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length);
});
