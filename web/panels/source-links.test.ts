import { describe, expect, test } from '@jest/globals';
import { findSourceLinks } from './source-links.js';

const files = ['main.cpp', 'my-queue.hpp', '/usr/asyncio/include/asyncio/task.hpp', '/usr/include/c++/v1/vector'];
const find = (text: string): string[] =>
  findSourceLinks(text, (file) => files.includes(file)).map(
    ({ from, to, file, line, column }) => `${text.slice(from, to)} -> ${file} ${line} ${column}`,
  );

describe('links to the source', () => {
  test.each([
    ['main.cpp:12:5: error: expected ;', ['main.cpp:12:5 -> main.cpp 12 5']],
    ["worker() at main.cpp:7: co_await it, or pass it to create_task()", ['main.cpp:7 -> main.cpp 7 1']],
    ['In file included from my-queue.hpp:3:', ['my-queue.hpp:3 -> my-queue.hpp 3 1']],
    ['/usr/asyncio/include/asyncio/task.hpp:68:33: note: candidate', ['/usr/asyncio/include/asyncio/task.hpp:68:33 -> /usr/asyncio/include/asyncio/task.hpp 68 33']],
    ['/usr/include/c++/v1/vector:9:1: note', ['/usr/include/c++/v1/vector:9:1 -> /usr/include/c++/v1/vector 9 1']],
    ["  |   File 'main.cpp', line 12, in async work()", ["File 'main.cpp', line 12 -> main.cpp 12 1"]],
    ['  File "main.cpp", line 3', ['File "main.cpp", line 3 -> main.cpp 3 1']],
    ['(main.cpp:1) -> [main.cpp:2:3], "main.cpp:4"', ['main.cpp:1 -> main.cpp 1 1', 'main.cpp:2:3 -> main.cpp 2 3', 'main.cpp:4 -> main.cpp 4 1']],
  ])('%s', (text, links) => {
    expect(find(text)).toEqual(links);
  });

  test.each(['other.cpp:1:2', 'at 12:30:45', 'main.cpp: 12', 'main.cpp:0:1', 'main.cpp', 'xmain.cpp:1', ':1:2', '', 'main.cpp:123456789'])(
    'are none in %j',
    (text) => {
      expect(find(text)).toEqual([]);
    },
  );

  test.each(['1:'.repeat(1_000_000), ':1'.repeat(1_000_000), 'x'.repeat(2_000_000), "File '".repeat(300_000)])(
    'are looked for in no time in a line that is made to take long',
    (text) => {
      const before = performance.now();
      for (let i = 0; i < 20; i += 1) find(text);
      expect(performance.now() - before).toBeLessThan(1_000);
    },
  );
});
