import { expect, test } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import type { Project } from '../../project/project.js';
import { newProject } from '../../project/read-project.js';
import { inCompilerExplorer } from './compiler-explorer.js';
import type { PublishedHeader } from './published-header.js';

interface Executor {
  compiler: { options: string };
}

interface State {
  sessions: { source: string; compilers: unknown[]; executors: Executor[] }[];
  trees: { files: { content: string }[]; compilers: unknown[] }[];
}

/** As Compiler Explorer reads it: base64, then zlib where the low half of the first byte is 8. */
function stateIn(url: string): Record<string, unknown> {
  const bytes = Buffer.from(new URL(url).pathname.replace('/clientstate/', ''), 'base64');
  expect((bytes[0] ?? 0) & 0x0f).toBe(8);
  return JSON.parse(inflateSync(bytes).toString()) as Record<string, unknown>;
}

const header = 'https://example.org/play/asyncio.hpp';
const published = (): Promise<PublishedHeader> => Promise.resolve({ url: header });
const unasked = (): Promise<PublishedHeader> => Promise.reject(new Error('asked for the header'));

async function stateOf(project: Project, findHeader = published): Promise<State> {
  const { url } = await inCompilerExplorer(project, findHeader);
  return stateIn(url ?? '') as unknown as State;
}

test('plain C++ is compiled and run there with the options it has here', async () => {
  const project = newProject('x', '#include <print>\nint main() {}\n');
  project.options.optimisation = '2';
  project.stdin = 'ä';
  const { url, note } = await inCompilerExplorer(project, unasked);
  expect(note).toBe('');
  const compiler = { id: 'clang2210', options: '-std=c++23 -O2 -Wall -Wextra -stdlib=libc++', libs: [] };
  expect(stateIn(url ?? '')).toEqual({
    sessions: [
      {
        id: 1,
        language: 'c++',
        source: project.files[0]?.text,
        filename: 'main.cpp',
        compilers: [compiler],
        executors: [{ arguments: '', compiler, stdin: 'ä' }],
      },
    ],
  });
});

test('several files go as a tree, whose session has an empty list of compilers', async () => {
  const project = newProject('x', '#include "a.hpp"\n');
  project.files.push({ name: 'a.hpp', text: 'int a;' });
  const { trees, sessions } = await stateOf(project, unasked);
  expect(trees[0]?.files).toEqual([
    expect.objectContaining({ filename: 'main.cpp', isMainSource: true, editorId: 1 }),
    expect.objectContaining({ filename: 'a.hpp', isMainSource: false, content: 'int a;', isIncluded: true }),
  ]);
  expect(trees[0]?.compilers).toHaveLength(1);
  expect(sessions[0]?.compilers).toEqual([]);
});

test('several source files come with the word that only the first is compiled', async () => {
  const project = newProject('x', 'int main() {}\n');
  project.files.push({ name: 'a.cpp', text: 'int a;' });
  expect((await inCompilerExplorer(project, unasked)).note).toBe('Compiler Explorer compiles main.cpp alone.');
});

test.each(['#include <asyncio.hpp>', '  # include "asyncio/queue.hpp"'])('what includes the runtime gets the published header, in the same line: %s', async (include) => {
  const { sessions } = await stateOf(newProject('x', `// x\n${include} // y\nint main() {}\n`));
  expect(sessions[0]?.source).toBe(`// x\n#include <${header}> // y\nint main() {}\n`);
});

test('with the runtime go its flags and its library, and an executor alone: the assembly would be too long', async () => {
  const { sessions } = await stateOf(newProject('x', '#include <asyncio.hpp>\nint main() {}\n'));
  const { compilers, executors } = sessions[0] ?? {};
  expect(compilers).toEqual([]);
  expect(executors).toHaveLength(1);
  expect(executors?.[0]?.compiler).toMatchObject({ libs: [{ name: 'nlohmann_json', ver: '3111' }] });
  expect(executors?.[0]?.compiler.options).toMatch(/^-std=c\+\+23 .*-stdlib=libc\+\+ -fcoro-aligned-allocation -pthread$/);
});

test('every file of a tree gets the published header', async () => {
  const project = newProject('x', '#include "a.hpp"\nint main() {}\n');
  project.files.push({ name: 'a.hpp', text: '#pragma once\n#include <asyncio/task.hpp>\n#include <asyncio/queue.hpp>\n' });
  const { trees } = await stateOf(project);
  expect(trees[0]?.files[1]?.content).toBe(`#pragma once\n#include <${header}>\n#include <${header}>\n`);
});

test('a program that begins in async_main gets a main', async () => {
  const text = '#include <asyncio.hpp>\nasyncio::Coro<int> async_main() {\n  co_return 0;\n}\n';
  const { sessions } = await stateOf(newProject('x', text));
  expect(sessions[0]?.source).toMatch(/\}\n\nint main\(\) \{ return asyncio::run\(async_main\(\)\); \}\n$/);
  const whole = await stateOf(newProject('x', `${text}int main() { asyncio::run(async_main()); }\n`));
  expect(whole.sessions[0]?.source.match(/int main/g)).toHaveLength(1);
});

test('without a published header what includes the runtime has no link, and says why', async () => {
  const project = newProject('x', '#include <asyncio.hpp>\n');
  const { url, note } = await inCompilerExplorer(project, () => Promise.resolve({ problem: 'This page is not public.' }));
  expect(url).toBeUndefined();
  expect(note).toBe('This page is not public.');
});
