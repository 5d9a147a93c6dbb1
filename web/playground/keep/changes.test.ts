import { describe, expect, test } from '@jest/globals';
import { newProject } from '../../project/read-project.js';
import type { Project } from '../../project/project.js';
import { changesBetween, type Changes } from './changes.js';

const project = (text: string, more: Partial<Project> = {}): Project => ({ ...newProject('Mine', text), ...more });

function changes(before: Project, after: Project): Changes {
  const found = changesBetween(before, after);
  if (found === undefined) throw new Error('it took too long');
  return found;
}

const signs = { same: ' ', added: '+', removed: '-' };
const drawn = (before: string, after: string): string[] =>
  changes(project(before), project(after)).files.flatMap(({ lines }) =>
    lines.map((line) => (line.kind === 'gap' ? `(${line.count})` : signs[line.kind] + line.text)),
  );

describe('the changes between two versions', () => {
  test('are none where they are the same', () => {
    expect(changes(project('a\n'), project('a\n'))).toEqual({ files: [], others: [], added: 0, removed: 0 });
  });

  test('are lines, with a few around them', () => {
    const lines = Array.from({ length: 20 }, (_, index) => String(index));
    const text = (changed: string[]): string => `${changed.join('\n')}\n`;
    expect(drawn(text(lines), text(lines.with(10, 'ten')))).toEqual(['(7)', ' 7', ' 8', ' 9', '-10', '+ten', ' 11', ' 12', ' 13', '(6)']);
  });

  test('are counted', () => {
    expect(changes(project('a\nb\n'), project('a\nc\nd\n'))).toMatchObject({ added: 2, removed: 1 });
  });

  test.each([
    ['', 'a\nb\n', ['+a', '+b']],
    ['a\n', '', ['-a']],
    ['a', 'a\n', [' a', '+']],
    ['a\r\n', 'a\n', ['-a\r', '+a']],
  ])('from %j to %j', (before, after, expected) => {
    expect(drawn(before, after)).toEqual(expected);
  });

  test('are of files that came and went, and of the input', () => {
    const before = project('a\n', { files: [{ name: 'main.cpp', text: 'a\n' }, { name: 'old.hpp', text: 'o\n' }] });
    const after = project('a\n', { files: [{ name: 'main.cpp', text: 'a\n' }, { name: 'new.hpp', text: 'n\n' }], stdin: 'typed\n' });
    expect(changes(before, after).files.map(({ name, kind }) => [name, kind])).toEqual([
      ['new.hpp', 'new'],
      ['Input', 'new'],
      ['old.hpp', 'gone'],
    ]);
  });

  test('are of the title and the options', () => {
    const before = project('a');
    const after = { ...before, title: 'Other', options: { ...before.options, seed: 7, optimisation: '2' as const } };
    expect(changes(before, after).others).toEqual(['Title: “Mine” → “Other”.', 'Optimisation: 0 → 2.', 'Seed: none → 7.']);
  });

  test('of a text of 5 MB are found at once where they are few', () => {
    const text = '// a line that is one of very many\n'.repeat(150_000);
    expect(changes(project(text), project(`${text}// more\n`))).toMatchObject({ added: 1, removed: 0 });
  });

  test('are not looked for without end', () => {
    const noise = (seed: number): string => Array.from({ length: 20_000 }, (_, index) => `${(index * seed) % 1_009}`).join('\n');
    expect(changesBetween(project(noise(7)), project(noise(11)), 20)).toBeUndefined();
  });
});
