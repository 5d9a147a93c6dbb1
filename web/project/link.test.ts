import { describe, expect, test } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import { newProject, NoProject } from './read-project.js';
import type { Project } from './project.js';
import { codeIn, linkTo, maxCodeLength, maxProjectBytes, projectOfCode, whyNot } from './link.js';

const page = 'https://example.test/some/path/index.html';

const everything: Project = {
  title: 'Tasks & <img src=x onerror=alert(1)> – ünïcode 🐍',
  files: [
    { name: 'main.cpp', text: '#include "queue.hpp"\r\nint main() {}\n' },
    { name: 'parts/queue.hpp', text: 'a lone \ud800 surrogate, a NUL \u0000, a tab\t\n' },
    { name: 'empty.hpp', text: '' },
  ],
  stdin: 'one\ntwo\n',
  options: { standard: 'c++26', optimisation: '2', warnings: 'error', clock: 'fast', seed: 7 },
};

async function codeOf(project: Project): Promise<string> {
  const code = codeIn(new URL(await linkTo(project, page)).hash);
  if (code === undefined) throw new Error('no code');
  return code;
}

const packed = (json: unknown): string => `1.${deflateSync(typeof json === 'string' ? json : JSON.stringify(json)).toString('base64url')}`;
const whyNotCode = (code: string): Promise<string> => projectOfCode(code).then(() => 'it was opened', whyNot);

describe('a share link', () => {
  test('restores the whole project', async () => {
    expect(await projectOfCode(await codeOf(everything))).toEqual(everything);
  });

  test("is the page's address with its fragment replaced", async () => {
    const link = await linkTo(newProject('x', 'int main() {}\n'), `${page}?a=b#code=1.old`);
    expect(link).toMatch(/^https:\/\/example\.test\/some\/path\/index\.html\?a=b#code=1\.[\w-]+$/);
  });

  test('of a typical snippet is shorter than its text', async () => {
    const text = '#include <asyncio.hpp>\n#include <print>\nusing namespace std::chrono_literals;\n\nasyncio::Coro<> amain() {\n    std::println("Hello …");\n    co_await asyncio::sleep(1s);\n    std::println("… world!");\n}\n\nint main() { asyncio::run(amain()); }\n'.repeat(3);
    expect((await codeOf(newProject('Hello', text))).length).toBeLessThan(text.length);
  });

  test('may leave out everything that has its default', async () => {
    const code = packed({ title: 'x', files: [{ name: 'main.cpp', text: '' }] });
    expect(await projectOfCode(code)).toEqual(newProject('x', ''));
  });

  test('can be followed by the punctuation of a sentence', async () => {
    expect(await projectOfCode(`${await codeOf(everything)}).`)).toEqual(everything);
  });

  test('is not found in other addresses', () => {
    expect(codeIn('#example=01-hello')).toBeUndefined();
    expect(codeIn('')).toBeUndefined();
    expect(codeIn('#code=')).toBe('');
  });
});

describe('a link that cannot be opened says why:', () => {
  test.each([
    ['an empty code', ''],
    ['no number', 'abc'],
    ['no content', '1.'],
    ['characters outside base64url', '1.eJw%20rh&x=y'],
    ['data that is not compressed', '1.AAAAAAAAAAAA'],
    ['JSON that is none', packed('{"title": ')],
    ['UTF-8 that is none', `1.${deflateSync(Buffer.from([0x22, 0xff, 0xfe, 0x22])).toString('base64url')}`],
    ['an unknown version', '0.eJwrSQQ'],
  ])('%s', async (_what, code) => {
    expect(await whyNotCode(code)).toMatch(/^This link is broken: /);
  });

  test('cut off anywhere', async () => {
    const code = await codeOf(everything);
    for (let length = 0; length < code.length; length += 7) {
      expect(await whyNotCode(code.slice(0, length))).toMatch(/^This link is broken: /);
    }
  });

  test('with any one character changed', async () => {
    const code = await codeOf(everything);
    for (let at = 2; at < code.length; at += 5) {
      const changed = code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1);
      expect(await whyNotCode(changed)).toMatch(/^This link is broken: /);
    }
  });

  test('from a newer version', async () => {
    expect(await whyNotCode('2.whatever-comes')).toMatch(/newer version/);
  });

  test('too long', async () => {
    expect(await whyNotCode(`1.${'A'.repeat(5_000_000)}`)).toBe('This link is too long: it has 5.0 million characters.');
    expect(maxCodeLength).toBeLessThan(5_000_000);
  });

  test('a few bytes that would become very many', async () => {
    const bomb = `1.${deflateSync(Buffer.alloc(300_000_000)).toString('base64url')}`;
    expect(bomb.length).toBeLessThan(500_000);
    expect(await whyNotCode(bomb)).toMatch(/more than 4 MB/);
  });

  test.each([
    ['null', null, /it is not an object/],
    ['a list', [], /it is not an object/],
    ['no files', { title: 'x' }, /it has no files/],
    ['a file without text', { files: [{ name: 'main.cpp' }] }, /is not text/],
    ['no main.cpp', { files: [{ name: 'x.cpp', text: '' }] }, /not main\.cpp/],
    ['a file outside', { files: [{ name: 'main.cpp', text: '' }, { name: '../../etc/passwd', text: '' }] }, /the invalid name/],
    ['a file called like HTML', { files: [{ name: 'main.cpp', text: '' }, { name: '<img src=x>', text: '' }] }, /the invalid name/],
    ['two files of a name', { files: [{ name: 'main.cpp', text: '' }, { name: 'main.cpp', text: '' }] }, /the invalid name/],
    ['an unknown clock', { files: [{ name: 'main.cpp', text: '' }], options: { clock: 'backwards' } }, /its clock/],
    ['a seed that is none', { files: [{ name: 'main.cpp', text: '' }], options: { seed: 1.5 } }, /its seed/],
  ])('not a project: %s', async (_what, json, why) => {
    await expect(projectOfCode(packed(json))).rejects.toThrow(NoProject);
    expect(await whyNotCode(packed(json))).toMatch(why);
  });
});

test('a project that is too large for a link is refused before it is packed', async () => {
  await expect(linkTo(newProject('x', 'x'.repeat(maxProjectBytes)), page)).rejects.toThrow(/more than 4 MB/);
});

test('a title is one line, and not longer than can be shown', async () => {
  const { title } = await projectOfCode(packed({ title: `a\nb\u0000${'c'.repeat(1_000)}`, files: [{ name: 'main.cpp', text: '' }] }));
  expect(title).toMatch(/^a b c+$/);
  expect(title.length).toBe(200);
});
