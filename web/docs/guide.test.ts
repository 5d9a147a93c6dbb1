import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { galleryChapters, guideSidebar } from './site/chapters.mjs';
import { guideFolder, readSnippet, snippetsIn, snippetsOf } from './site/snippet.mjs';

const docs = fileURLToPath(new URL('.', import.meta.url));
const pages = ['index.md', ...readdirSync(guideFolder).flatMap((name) => (name.endsWith('.md') ? [`guide/${name}`] : []))];
const textOf = (page: string): string => readFileSync(join(docs, page), 'utf8');
const snippetFiles = readdirSync(join(guideFolder, 'snippets'));
const ownSnippets = snippetsIn('snippets');
const shown = pages.flatMap((page) => snippetsOf(textOf(page)));

describe('a program of the guide', () => {
  test.each([...new Set([...shown, ...snippetsIn('reference')])])('%s is a file, and says what it prints', (src) => {
    const { text, expected, title } = readSnippet(src);
    expect(text).toMatch(/^\/\/ \S/);
    expect(text).toMatch(/\bint main\(/);
    expect(expected).toMatch(/\S\n$/);
    expect(title).not.toBe('');
  });

  test.each(ownSnippets)('%s is shown by a page', (src) => {
    expect(shown).toContain(src);
  });

  test('has a title of its own', () => {
    const titles = [...new Set([...shown, ...snippetsIn('reference')])].map((src) => readSnippet(src).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('has nothing beside it that belongs to no program', () => {
    const stems = new Set(ownSnippets.map((src) => src.replace(/^snippets\/|\.cpp$/g, '')));
    expect(snippetFiles.filter((name) => !stems.has(name.replace(/\.(?:cpp|out|in)$/, '')))).toEqual([]);
  });
});

describe('a line that shows a program', () => {
  test.each(['examples/nothing-there.cpp', 'snippets/nothing-there.cpp'])('of no file is refused: %s', (src) => {
    expect(() => readSnippet(src)).toThrow(`There is no such snippet: ${src}`);
  });

  test.each(['', '../secret.cpp', 'examples/../secret.cpp', 'examples/chapters.json'])('of another place is refused: %j', (src) => {
    expect(() => readSnippet(src)).toThrow('A snippet must be examples/NAME.cpp, snippets/NAME.cpp or reference/NAME.cpp');
  });

  test.each(pages)('in %s stands alone and is complete', (page) => {
    const mentioned = textOf(page).match(/<asyncio-playground/g) ?? [];
    expect(snippetsOf(textOf(page))).toHaveLength(mentioned.length);
  });
});

test.each(pages)('%s has no code of its own that nothing runs', (page) => {
  expect(textOf(page)).not.toMatch(/^\s*(?:```|~~~)/m);
  expect(textOf(page)).not.toMatch(/^(?: {4}|\t)(?![-*\d])/m);
});

test.each(galleryChapters.map(({ id, examples }) => [id, examples] as const))('the chapter %s shows all its examples', (id, examples) => {
  expect(snippetsOf(textOf(`guide/${id}.md`))).toEqual(
    expect.arrayContaining(examples.map(({ name }) => `examples/${name}.cpp`)),
  );
});

test('every page is in the sidebar, once', () => {
  const links = guideSidebar().flatMap(({ items }) => items.map(({ link }) => link));
  expect(links.sort()).toEqual(pages.filter((page) => page !== 'index.md').map((page) => `/${page.replace(/\.md$/, '')}`).sort());
});
