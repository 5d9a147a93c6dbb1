import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleTitle } from '../../web/project/example-title.js';
import { folder, readChapters } from '../examples/python.mjs';

const chapters = readChapters();
const listed = chapters.flatMap(({ examples }) => examples);
const files = readdirSync(folder);
const programs = files.filter((file) => file.endsWith('.cpp')).map((file) => file.replace(/\.cpp$/, ''));

test('each example is in one chapter', () => {
  expect(listed.map(({ name }) => name).sort()).toEqual(programs);
});

test('asyncio\'s documentation finds each of its chapters', () => {
  expect(chapters.map(({ id }) => id)).toEqual([
    'coroutines', 'tasks', 'cancellation', 'gather', 'wait', 'timeouts', 'groups', 'queues', 'locks', 'events',
    'conditions', 'barriers', 'generators', 'context-managers', 'executors', 'debugging', 'pitfalls', 'patterns',
    'http', 'streams', 'files', 'databases', 'servers',
  ]);
  for (const { title, examples } of chapters) {
    expect(title).not.toBe('');
    expect(examples).not.toHaveLength(0);
  }
});

test('no two examples have the same title, or the same number', () => {
  const titles = programs.map((name) => exampleTitle(name, readFileSync(join(folder, `${name}.cpp`), 'utf8')));
  expect(new Set(titles).size).toBe(programs.length);
  expect(new Set(programs.map((name) => name.slice(0, 2))).size).toBe(programs.length);
});

describe('the example', () => {
  test.each(listed.map((example) => [example.name, example] as const))('%s says in a line what it teaches', (_name, { teaches }) => {
    expect(teaches).toMatch(/^[^\n]{20,110}\.$/);
  });

  test.each(listed.map((example) => [example.name, example] as const))('%s has Python beside it, or says why not', (name, { python }) => {
    expect(files.includes(`${name}.py`)).toBe(python?.none === undefined);
    // Python that prints other lines is marked so; where it can be run, its output is stored.
    const prints = files.includes(`${name}.py.out`);
    if (python?.needs === undefined) expect(prints).toBe(python?.differs !== undefined);
    else expect(prints).toBe(false);
    for (const reason of Object.values(python ?? {})) expect(reason).not.toBe('');
  });

  test.each(programs)('%s has its expected output', (name) => {
    expect(files).toContain(`${name}.out`);
  });
});

test('every file beside the examples belongs to one', () => {
  const known = new Set(programs.flatMap((name) => ['.cpp', '.in', '.out', '.py', '.py.out'].map((end) => name + end)));
  expect(files.filter((file) => !known.has(file)).sort()).toEqual(['README.md', 'chapters.json', 'python-checked.json']);
});
