import { describe, expect, test } from '@jest/globals';
import type { FileChange, FileLimits, StoredEntry } from '../protocol/files.js';
import { FileView, NoRoom, RefusedChange } from './file-view.js';

const limits: FileLimits = { bytes: 100, entries: 5, nameBytes: 8, pathBytes: 20 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const write = (path: string, text: string, at = 0, size = at + text.length): FileChange => ({
  type: 'write',
  path,
  modified: 7,
  size,
  at,
  bytes: bytes(text),
});
const file = (path: string, text: string): StoredEntry => ({ type: 'file', path, modified: 1, content: bytes(text) });

async function textOf(entry: StoredEntry | undefined): Promise<string | undefined> {
  if (entry?.type !== 'file') return entry?.type;
  return new TextDecoder().decode(entry.content instanceof Blob ? await entry.content.arrayBuffer() : entry.content);
}

async function changed(view: FileView): Promise<Record<string, string | undefined>> {
  const entries = [...view.changed()].map(async ([path, entry]) => [path, await textOf(entry)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

describe('a view of the files', () => {
  test('tells only what changed, until that is taken', async () => {
    const view = new FileView([file('old', 'old')], limits);
    expect(await changed(view)).toEqual({});
    await view.apply(write('new', 'text'));
    expect(await changed(view)).toEqual({ new: 'text' });
    expect(await changed(view)).toEqual({ new: 'text' });
    view.taken();
    expect(await changed(view)).toEqual({});
  });

  test.each([
    ['a piece inside', write('f', 'XY', 2, 6), 'abXYef'],
    ['a piece at the end', write('f', 'gh', 6), 'abcdefgh'],
    ['a cut', write('f', '', 3), 'abc'],
    ['a cut and a new piece', write('f', 'Z', 4, 5), 'abcdZ'],
    ['a gap, which is zero', write('f', 'Z', 8), 'abcdef\0\0Z'],
  ])('changes a file by %s', async (_what, change, expected) => {
    const view = new FileView([{ ...file('f', ''), content: new Blob(['abcdef']) } as StoredEntry], limits);
    await view.apply(change);
    expect(await changed(view)).toEqual({ f: expected });
  });

  test('forgets what was cut off', async () => {
    const view = new FileView([], limits);
    await view.apply(write('f', 'abcdef'));
    await view.apply(write('f', '', 2));
    await view.apply(write('f', 'Z', 4));
    expect(await changed(view)).toEqual({ f: 'ab\0\0Z' });
  });

  test('moves a directory with all in it', async () => {
    const view = new FileView([{ type: 'directory', path: 'd' }, file('d/f', 'f'), file('de', 'other')], limits);
    await view.apply({ type: 'rename', from: 'd', to: 'e' });
    expect(await changed(view)).toEqual({ d: undefined, 'd/f': undefined, e: 'directory', 'e/f': 'f' });
  });

  test('replaces what a file is renamed to', async () => {
    const view = new FileView([file('a', 'a'), file('b', 'b')], { ...limits, bytes: 2 });
    await view.apply({ type: 'rename', from: 'a', to: 'b' });
    expect(await changed(view)).toEqual({ a: undefined, b: 'a' });
    await view.apply(write('c', 'c'));
    expect(await changed(view)).toMatchObject({ c: 'c' });
  });

  test('removes a directory with all in it', async () => {
    const view = new FileView([{ type: 'directory', path: 'd' }, file('d/f', 'f'), file('de', 'other')], limits);
    await view.apply({ type: 'remove', path: 'd' });
    expect(await changed(view)).toEqual({ d: undefined, 'd/f': undefined });
  });

  test('has room for so many bytes and files, and no more', async () => {
    const view = new FileView([file('a', 'x'.repeat(60))], limits);
    await expect(view.apply(write('b', 'x'.repeat(41)))).rejects.toThrow(NoRoom);
    await view.apply(write('b', 'x'.repeat(40)));
    await expect(view.apply(write('c', 'x'))).rejects.toThrow(NoRoom);
    await view.apply({ type: 'remove', path: 'a' });
    for (const path of ['c', 'd', 'e', 'f']) await view.apply(write(path, ''));
    await expect(view.apply(write('g', ''))).rejects.toThrow(NoRoom);
    await expect(view.apply({ type: 'directory', path: 'g' })).rejects.toThrow(NoRoom);
  });

  test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/./b', 'a\0b', 'x'.repeat(9), 'é'.repeat(5), 'a/'.repeat(10) + 'b'])(
    'takes no path such as %j from a program',
    async (path) => {
      const view = new FileView([file('a', '')], limits);
      await expect(view.apply(write(path, 'x'))).rejects.toThrow(RefusedChange);
      await expect(view.apply({ type: 'directory', path })).rejects.toThrow(RefusedChange);
      await expect(view.apply({ type: 'remove', path })).rejects.toThrow(RefusedChange);
      await expect(view.apply({ type: 'rename', from: 'a', to: path })).rejects.toThrow(RefusedChange);
      expect(await changed(view)).toEqual({});
    },
  );

  test.each([
    ['bytes behind its end', { ...write('f', 'abc'), size: 2 }],
    ['a negative place', { ...write('f', 'abc'), at: -1 }],
    ['no number for a size', { ...write('f', 'abc'), size: NaN }],
    ['no bytes', { ...write('f', 'abc'), bytes: 'abc' }],
    ['a kind that there is not', { type: 'format', path: 'f' }],
    ['a move of what is not there', { type: 'rename', from: 'x', to: 'y' }],
    ['a move into itself', { type: 'rename', from: 'd', to: 'd/e' }],
  ])('refuses a change with %s', async (_what, change) => {
    const view = new FileView([{ type: 'directory', path: 'd' }], limits);
    await expect(view.apply(change as unknown as FileChange)).rejects.toThrow(RefusedChange);
    expect(await changed(view)).toEqual({});
  });
});
