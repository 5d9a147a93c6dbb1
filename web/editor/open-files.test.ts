import { beforeEach, expect, test } from '@jest/globals';
import { OpenFiles, type FilesChange } from './open-files.js';

let files: OpenFiles;
let told: FilesChange[];

beforeEach(() => {
  files = new OpenFiles('main.cpp');
  files.open([
    { name: 'main.cpp', text: 'main' },
    { name: 'a.hpp', text: 'a' },
    { name: 'b.hpp', text: 'b' },
  ]);
  told = [];
  files.onChange((change) => told.push(change));
});

function document(name: string) {
  const found = files.find(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

test('a project opens at its program', () => {
  expect(files.current.name).toBe('main.cpp');
  expect(files.texts).toEqual({ 'main.cpp': 'main', 'a.hpp': 'a', 'b.hpp': 'b' });
});

test('a file that is added is shown', () => {
  files.add('c.hpp');
  expect(files.current.name).toBe('c.hpp');
  expect(files.names).toEqual(['main.cpp', 'a.hpp', 'b.hpp', 'c.hpp']);
  expect(told).toEqual(['edited']);
});

test('no two files get one name', () => {
  expect(() => files.add('A.hpp')).toThrow('There is already a file a.hpp');
  expect(() => files.rename(document('b.hpp'), 'a.hpp')).toThrow('There is already a file a.hpp');
  expect(files.problemOf('B.hpp', document('b.hpp'))).toBeUndefined();
});

test('a file that is closed is brought back to its place, and shown', () => {
  files.show(document('a.hpp'));
  files.close(document('a.hpp'));
  expect(files.current.name).toBe('main.cpp');
  expect(files.closed?.name).toBe('a.hpp');
  files.reopen();
  expect(files.names).toEqual(['main.cpp', 'a.hpp', 'b.hpp']);
  expect(files.current.text).toBe('a');
  expect(files.closed).toBeUndefined();
});

test('a file whose name was taken meanwhile comes back under another', () => {
  files.close(document('a.hpp'));
  files.rename(document('b.hpp'), 'a.hpp');
  files.reopen();
  expect(files.names).toEqual(['main.cpp', 'a-2.hpp', 'a.hpp']);
});

test('the program is not closed, renamed or moved, and nothing goes before it', () => {
  files.close(document('main.cpp'));
  files.rename(document('main.cpp'), 'x.cpp');
  files.move(document('main.cpp'), 1);
  files.move(document('a.hpp'), -1);
  expect(files.names).toEqual(['main.cpp', 'a.hpp', 'b.hpp']);
  expect(told).toEqual([]);
});

test('the others change places', () => {
  files.move(document('a.hpp'), 1);
  expect(files.names).toEqual(['main.cpp', 'b.hpp', 'a.hpp']);
});

test('nothing of a project gets lost for the names of its files', () => {
  files.open([
    { name: '<img onerror>', text: '1' },
    { name: 'main.cpp', text: '2' },
    { name: '__proto__', text: '3' },
    { name: '__proto__', text: '4' },
  ]);
  expect(files.names).toEqual(['main.cpp', 'main-2.cpp', '__proto__', '__proto__-2']);
  expect(Object.entries(files.texts).map(([, text]) => text)).toEqual(['1', '2', '3', '4']);
});

test('a project without files has a program to write', () => {
  files.open([]);
  expect(files.texts).toEqual({ 'main.cpp': '' });
});

test('lines end alike, wherever a text comes from', () => {
  files.open([{ name: 'main.cpp', text: 'a\r\nb\rc\n' }]);
  expect(files.current.text).toBe('a\nb\nc\n');
});
