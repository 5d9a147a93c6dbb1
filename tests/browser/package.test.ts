import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../../tools/chromium.mjs';
import { serveSite } from '../../tools/site-server.mjs';
import type * as Package from '../../web/package/index.js';
import { watchPage } from './watch-page.js';
import { newPage } from './new-page.js';

type PackageWindow = Window & { asyncioWasm: typeof Package; session: Package.Session };

const root = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'asyncio-wasm-'));
const site = join(project, 'site');
let server: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let page: Page;
const errors: string[] = [];
const asked: string[] = [];

function inProject(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/package.mjs'], { cwd: root, stdio: 'inherit' });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  inProject('npm', 'install', '--offline', '--no-audit', '--no-fund', join(root, `build/asyncio-wasm-${version}.tgz`));

  cpSync(join(root, 'tests/package/site'), site, { recursive: true });
  inProject('npx', '--offline', 'asyncio-wasm', 'assets', 'site/asyncio');
  // Bundled, as in a consumer's site.
  cpSync(join(root, 'tests/package/app'), join(project, 'app'), { recursive: true });
  inProject(process.execPath, join(root, 'node_modules/vite/bin/vite.js'), 'build', 'app', '--base', './', '--outDir', '../site/app', '--logLevel', 'warn');
  server = await serveSite({ root: project, base: '/sub/' });
  browser = await launchChromium();
  page = await newPage(browser);
  watchPage(page, { errors, asked });
}, 580_000);

afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(project, { recursive: true, force: true });
});

test('the declarations pass the type check of a strict project', () => {
  copyFileSync(join(root, 'tests/package/consumer.ts'), join(project, 'consumer.ts'));
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2023', '--lib', 'es2023,dom', '--module', 'nodenext'];
  expect(inProject(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), ...options, 'consumer.ts')).toBe('');
}, 120_000);

test('the command compiles the snippets of a site, and its element runs one without the compiler', async () => {
  expect(inProject('npx', '--offline', 'asyncio-wasm', 'embed', 'site')).toContain('embed: 1 snippets, 1 modules');
  await page.goto(`${server.url}site/`);
  const stdout = await page.$eval('asyncio-playground', async (element) => {
    await customElements.whenDefined('asyncio-playground');
    let text = '';
    element.addEventListener('output', (event) => (text += (event as CustomEvent<{ text: string }>).detail.text));
    while (element.getText() === '') await new Promise((resolve) => setTimeout(resolve, 10));
    await element.run();
    return text;
  });
  expect(stdout).toBe('prepared\n');
  expect(asked.filter((path) => path.includes('/compiler-'))).toEqual([]);
}, 240_000);

describe('a session in a bundled page', () => {
  beforeAll(async () => {
    await page.goto(`${server.url}site/app/`);
    await page.waitForFunction(() => 'asyncioWasm' in window, { polling: 30 });
    await page.evaluate(async () => {
      const own = window as unknown as PackageWindow;
      own.session = await own.asyncioWasm.createSession({ assets: '../asyncio' });
      await own.session.load();
    });
  }, 120_000);

  test('runs programs that write files, one after the other; none finds files of another', async () => {
    const seen = await page.evaluate(async () => {
      const { session } = window as unknown as PackageWindow;
      const source = `#include <filesystem>
#include <fstream>
#include <print>
int main() {
    std::println("{}", std::filesystem::exists("x.txt"));
    std::ofstream("x.txt") << "written";
    std::string text;
    std::getline(std::ifstream("x.txt"), text);
    std::println("{}", text);
}`;
      const result = await session.compile(source);
      if (result.type !== 'compiled') return result;
      let text = '';
      const onOutput = (output: Package.ProgramOutput): void => void (text += output.text);
      const first = await session.run(result.program, { onOutput });
      const second = await session.run(result.program, { onOutput });
      return { first, second, text };
    });
    const complete = { type: 'complete', exitCode: 0 };
    expect(seen).toMatchObject({ first: complete, second: complete, text: 'false\nwritten\nfalse\nwritten\n' });
  });

  test('compiles a program of several files, and runs it with arguments and input', async () => {
    const seen = await page.evaluate(async () => {
      const { session } = window as unknown as PackageWindow;
      const files = {
        'main.cpp': '#include "greet.hpp"\n#include <iostream>\nint main(int, char** argv) { std::string name; std::getline(std::cin, name); greet(argv[1], name); return 3; }',
        'greet.hpp': '#include <print>\n#include <string>\ninline void greet(const char* word, const std::string& name) { std::println("{} {}", word, name); }',
      };
      const result = await session.compile(files);
      if (result.type !== 'compiled') return result;
      let text = '';
      const onOutput = (output: Package.ProgramOutput): void => void (text += output.text);
      const given = await session.run(result.program, { args: ['hello'], stdin: 'you\n', onOutput });
      async function* asked(): AsyncGenerator<string> {
        yield await Promise.resolve('wor');
        yield 'ld\n';
      }
      const iterated = await session.run(result.program, { args: ['hello'], stdin: asked(), onOutput });
      return { given, iterated, text };
    });
    expect(seen).toMatchObject({
      given: { type: 'complete', exitCode: 3 },
      iterated: { type: 'complete', exitCode: 3 },
      text: 'hello you\nhello world\n',
    });
  });

  test('says what is wrong with a program, and where', async () => {
    const result = await page.evaluate(() => (window as unknown as PackageWindow).session.compile('int main() {\n    return unheard_of;\n}'));
    expect(result).toMatchObject({
      type: 'compile-error',
      diagnostics: [{ severity: 'error', file: 'main.cpp', range: { startLine: 2, startColumn: 12 }, message: expect.stringContaining('unheard_of') }],
    });
  });

  test('interrupts a run whose signal is aborted, and its cleanup runs', async () => {
    const seen = await page.evaluate(async () => {
      const { session } = window as unknown as PackageWindow;
      const source = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    std::println("begun");
    try { co_await asyncio::sleep(3600); } catch (const asyncio::CancelledError&) { std::println("cleaned up"); throw; }
}
int main() { asyncio::run(amain()); }`;
      const result = await session.compile(source);
      if (result.type !== 'compiled') return result;
      const abort = new AbortController();
      let text = '';
      const onOutput = (output: Package.ProgramOutput): void => {
        text += output.text;
        if (text.includes('begun')) abort.abort();
      };
      return { exit: await session.run(result.program, { signal: abort.signal, onOutput }), text };
    });
    expect(seen).toMatchObject({ exit: { type: 'stopped', forced: false }, text: expect.stringContaining('begun\ncleaned up\n') });
  });

  test('terminates a program that does not respond', async () => {
    const exit = await page.evaluate(async () => {
      const { session } = window as unknown as PackageWindow;
      const result = await session.compile('#include <cstdio>\nint main() { std::puts("busy"); for (volatile int i = 0;; i = i + 1) {} }');
      if (result.type !== 'compiled') return result;
      const abort = new AbortController();
      return session.run(result.program, { signal: abort.signal, onOutput: () => abort.abort() });
    });
    expect(exit).toMatchObject({ type: 'stopped', forced: true });
  });

  test('aborts a compile, and compiles the next one', async () => {
    const seen = await page.evaluate(async () => {
      const { session } = window as unknown as PackageWindow;
      const abort = new AbortController();
      const given = session.compile('int main() {}', { signal: abort.signal }).catch((error: Error) => error.name);
      const next = session.compile('int main() { return 4; }');
      abort.abort();
      return { given: await given, next: (await next).type };
    });
    expect(seen).toEqual({ given: 'AbortError', next: 'compiled' });
  });

  test('that is closed ends its runs, and refuses further calls with a message', async () => {
    const seen = await page.evaluate(async () => {
      const { asyncioWasm } = window as unknown as PackageWindow;
      const session = await asyncioWasm.createSession({ assets: '../asyncio/' });
      const messageOf = (error: Error): string => error.message;
      const foreign = await session.run({ module: new Uint8Array(), runtime: 'another' }).catch(messageOf);
      const waiting = session.compile('int main() {}').catch(messageOf);
      session.close();
      return { foreign, waiting: await waiting, later: await session.compile('int main() {}').catch(messageOf) };
    });
    expect(seen).toEqual({
      foreign: expect.stringContaining('was compiled for runtime another'),
      waiting: 'The session is closed.',
      later: 'The session is closed.',
    });
  });

  test('whose assets are missing says what it looked for', async () => {
    const message = await page.evaluate(() =>
      (window as unknown as PackageWindow).asyncioWasm.createSession({ assets: 'nowhere/' }).catch((error: Error) => error.message),
    );
    expect(message).toContain(`${server.url}site/app/nowhere/embed/session.js`);
    expect(errors.splice(0)).toEqual([expect.stringContaining('404')]);
  });
});

test('unbundled it finds its assets by itself, and one program is compiled without a session', async () => {
  await page.goto(`${server.url}site/`);
  const type = await page.evaluate(async (module) => {
    const { compile } = (await import(module)) as typeof Package;
    return (await compile('int main() {}', { optimisation: '0', warnings: 'error' })).type;
  }, `${server.url}node_modules/asyncio-wasm/index.js`);
  expect(type).toBe('compiled');
}, 120_000);
