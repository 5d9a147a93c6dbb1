import { expect, test } from '@jest/globals';
import { tar } from '../../../web/build/compiler/tar.mjs';
import { unpackArchive } from '../../../web/compile/worker/archive.js';
import { untar } from '../../../web/compile/worker/untar.mjs';

const files = new Map([
  ['usr/include/stdio.h', Buffer.from('int puts(const char*);')],
  ['usr/empty.h', Buffer.alloc(0)],
  ['usr/block.h', Buffer.alloc(512, 'x')],
]);

function archive(): ArrayBuffer {
  return new Uint8Array(tar(files)).buffer;
}

test('an archive contains the files that were added', () => {
  expect(unpackArchive(archive())).toEqual({
    usr: {
      include: { 'stdio.h': new Uint8Array(Buffer.from('int puts(const char*);')) },
      'empty.h': new Uint8Array(0),
      'block.h': new Uint8Array(512).fill(0x78),
    },
  });
});

test('the build reads it too', () => {
  expect(new Map([...untar(tar(files))].sort())).toEqual(new Map([...files].sort()));
});

test('the same files make the same bytes in whatever order they come', () => {
  expect(tar(new Map([...files].reverse()))).toEqual(tar(files));
});

test('a path that would be cut off is refused', () => {
  expect(() => tar(new Map([['x'.repeat(120), Buffer.alloc(0)]]))).toThrow('path too long');
});
