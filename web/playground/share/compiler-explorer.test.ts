import { expect, test } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import { newProject } from '../../project/read-project.js';
import { inCompilerExplorer } from './compiler-explorer.js';

/** As Compiler Explorer reads it: base64, then zlib where the low half of the first byte is 8. */
function stateIn(url: string): Record<string, unknown> {
  const bytes = Buffer.from(new URL(url).pathname.replace('/clientstate/', ''), 'base64');
  expect((bytes[0] ?? 0) & 0x0f).toBe(8);
  return JSON.parse(inflateSync(bytes).toString()) as Record<string, unknown>;
}

test('plain C++ is compiled and run there with the options it has here', async () => {
  const project = newProject('x', '#include <print>\nint main() {}\n');
  project.options.optimisation = '2';
  project.stdin = 'ä';
  const { url, missing } = await inCompilerExplorer(project);
  expect(missing).toBeUndefined();
  const compiler = { id: 'clang_trunk', options: '-std=c++23 -O2 -Wall -Wextra -stdlib=libc++' };
  expect(stateIn(url)).toEqual({
    sessions: [
      {
        id: 1,
        language: 'c++',
        source: project.files[0]?.text,
        filename: 'main.cpp',
        compilers: [compiler],
        executors: [{ arguments: '', compiler: { ...compiler, libs: [] }, stdin: 'ä' }],
      },
    ],
  });
});

test('several files go as a tree', async () => {
  const project = newProject('x', '#include "a.hpp"\n');
  project.files.push({ name: 'a.hpp', text: 'int a;' });
  const { url } = await inCompilerExplorer(project);
  const { trees } = stateIn(url) as { trees: { files: unknown[]; compilers: unknown[] }[] };
  expect(trees[0]?.files).toEqual([
    expect.objectContaining({ filename: 'main.cpp', isMainSource: true, editorId: 1 }),
    expect.objectContaining({ filename: 'a.hpp', isMainSource: false, content: 'int a;', isIncluded: true }),
  ]);
  expect(trees[0]?.compilers).toHaveLength(1);
});

test.each(['#include <asyncio.hpp>', '  # include "asyncio/queue.hpp"'])('what includes the runtime is said not to compile there: %s', async (include) => {
  const { missing } = await inCompilerExplorer(newProject('x', `// x\n${include}\n`));
  expect(missing).toMatch(/has no <asyncio\.hpp>/);
});
