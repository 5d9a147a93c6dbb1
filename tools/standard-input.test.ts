import { describe, expect, test } from '@jest/globals';
import { PassThrough, Readable } from 'node:stream';
import { bytesOf } from './any-bytes.mjs';
import { StandardInput } from './standard-input.mjs';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe("this process's standard input", () => {
  test('is returned whole when its end comes before it is requested', async () => {
    const stream = Readable.from([everyByte]);
    const input = new StandardInput(stream);
    expect(input.whole()).toBeUndefined();
    await new Promise((resolve) => stream.on('close', resolve));
    expect(bytesOf(input.whole() ?? '')).toEqual(everyByte);
    expect(await input.next()).toBeNull();
  });

  test('is returned as it arrives while its end is not known', async () => {
    const stream = new PassThrough();
    const input = new StandardInput(stream);
    const first = input.next();
    stream.write('one');
    expect(await first).toBe('one');
    stream.end(Buffer.of(0xff));
    expect(await input.next()).toBe('\udcff');
    expect(await input.next()).toBeNull();
  });

  test('is read ahead up to a limit, then as the program takes it', async () => {
    let read = 0;
    const endless = new Readable({
      highWaterMark: 1,
      read() {
        read += 1;
        this.push(Buffer.alloc(10, 'x'));
      },
    });
    const input = new StandardInput(endless, 100);
    await new Promise((resolve) => endless.on('pause', resolve));
    expect(read).toBeLessThan(13);
    expect((await input.next())?.length).toBe(100);
    expect(await input.next()).toMatch(/^x+$/);
    input.close();
  });

  test('reports why it could not be read', async () => {
    const input = new StandardInput(new Readable({ read() { this.destroy(new Error('is a directory')); } }));
    await expect(input.next()).rejects.toThrow('is a directory');
    expect(() => input.whole()).toThrow('is a directory');
  });
});

test('the bytes of a text are its UTF-8, except for stand-ins of invalid bytes', () => {
  expect(bytesOf('ü\udcff\udc80🎉\0')).toEqual(Buffer.from([0xc3, 0xbc, 0xff, 0x80, 0xf0, 0x9f, 0x8e, 0x89, 0]));
});
