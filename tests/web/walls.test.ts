import { expect, test } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { mayImport } from '../lint/walls.mjs';

/** The folders with scripts of the pages. */
const foldersIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => {
    const path = `${folder}/${name}`;
    return statSync(path).isDirectory() && readdirSync(path, { recursive: true, encoding: 'utf8' }).some((file) => file.endsWith('.ts'));
  });

/** The folders that build the site from all others. */
const free = ['build', 'docs'];

test('every folder of web/ has import rules, except those that build the site', () => {
  const sides = ['compile', 'program'].flatMap((part) => foldersIn(`web/${part}`).map((side) => `${part}/${side}`));
  const folders = [...foldersIn('web').filter((name) => !['compile', 'program', ...free].includes(name)), ...sides];
  expect(Object.keys(mayImport).sort()).toEqual([...folders, 'package/node'].sort());
});

test('import rules name existing folders', () => {
  const parts = Object.values(mayImport).flat().map((name) => name.split('/')[0] ?? '');
  expect(foldersIn('web')).toEqual(expect.arrayContaining(parts));
});
