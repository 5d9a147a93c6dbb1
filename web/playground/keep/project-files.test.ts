import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Project } from '../../project/project.js';
import { fileNameOf, maxBytes, projectOfFiles, zipOf } from './project-files.js';
import { newProject } from '../../project/read-project.js';

const file = (name: string, content: string | Uint8Array): File => new File([content as BlobPart], name);
const zip = (entries: Record<string, string>, name = 'things.zip'): File =>
  file(name, zipSync(Object.fromEntries(Object.entries(entries).map(([path, text]) => [path, strToU8(text)]))));
const refused = (files: File[]): Promise<string> =>
  projectOfFiles(files).then(
    () => 'it was opened',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('files that are opened', () => {
  test('one source is a project called like it', async () => {
    expect(await projectOfFiles([file('dining philosophers.cc', 'int main() {}\n')])).toEqual(
      newProject('dining philosophers', 'int main() {}\n'),
    );
  });

  test('of several sources, main.cpp comes first', async () => {
    const { files } = await projectOfFiles([file('queue.hpp', 'h'), file('main.cpp', 'm'), file('other.cpp', 'o')]);
    expect(files.map(({ name }) => name)).toEqual(['main.cpp', 'queue.hpp', 'other.cpp']);
  });

  test('of headers beside one source, that source is the program', async () => {
    const { title, files } = await projectOfFiles([file('queue.hpp', 'h'), file('shop.cpp', 'm')]);
    expect({ title, files }).toEqual({
      title: 'shop',
      files: [
        { name: 'main.cpp', text: 'm' },
        { name: 'queue.hpp', text: 'h' },
      ],
    });
  });

  test('a .zip that was saved here brings everything back', async () => {
    const project: Project = {
      title: 'All – of it',
      files: [
        { name: 'main.cpp', text: '#include "parts/a.hpp"\n' },
        { name: 'parts/a.hpp', text: '// ü\n' },
      ],
      stdin: 'in\n',
      options: { standard: 'c++26', optimisation: '1', warnings: 'default', clock: 'slow', seed: 3 },
    };
    const blob = await zipOf(project);
    expect(await projectOfFiles([new File([blob], 'x.zip')])).toEqual(project);
  });

  test('a .zip made elsewhere may have its files in a folder, beside what systems hide there', async () => {
    const project = await projectOfFiles([zip({ 'shop/main.cpp': 'm', 'shop/a/b.hpp': 'b', '__MACOSX/shop/._main.cpp': 'x', 'shop/.DS_Store': 'x' })]);
    expect(project.title).toBe('things');
    expect(project.files.map(({ name }) => name)).toEqual(['main.cpp', 'a/b.hpp']);
  });
});

describe('files that cannot be opened say why:', () => {
  test.each([
    ['no main.cpp among several', [file('a.cpp', ''), file('b.cpp', '')], /None of these files is named main\.cpp/],
    ['no text', [file('a.cpp', new Uint8Array([0x80, 0xff]))], /a\.cpp is not UTF-8 text/],
    ['too much', [file('a.cpp', 'x'.repeat(maxBytes + 1))], /more than 8 MB/],
    ['no .zip', [file('a.zip', 'hello')], /a\.zip is damaged/],
    ['an empty .zip', [zip({}, 'a.zip')], /a\.zip is damaged, empty/],
    ['two .zip', [zip({}), zip({})], /one \.zip at a time/],
    ['a name that leads outside', [zip({ 'main.cpp': '', '../x.hpp': '' })], /the invalid name/],
    ['a damaged description', [zip({ 'main.cpp': '', 'snippet.json': '{"title"' })], /snippet\.json in that \.zip is damaged/],
    ['a description of nothing known', [zip({ 'main.cpp': '', 'snippet.json': '{"options": {"clock": "x"}}' })], /its clock/],
  ])('%s', async (_what, files, why) => {
    expect(await refused(files)).toMatch(why);
  });

  test('a few bytes that would become very many', async () => {
    const bomb = file('bomb.zip', zipSync({ 'main.cpp': new Uint8Array(30_000_000) }));
    expect(bomb.size).toBeLessThan(100_000);
    expect(await refused([bomb])).toMatch(/bomb\.zip holds more than 8 MB/);
  });
});

test.each([
  ['Dining philosophers: forks & locks', 'dining-philosophers-forks-locks.cpp'],
  ['Größe', 'gro-e.cpp'],
  ['../../etc', 'etc.cpp'],
  ['…', 'snippet.cpp'],
])('%s is saved as %s', (title, name) => {
  expect(fileNameOf(title, 'cpp')).toBe(name);
});
