import { describe, expect, test } from '@jest/globals';
import { WrittenOutput } from './written-output.js';

function written(...texts: string[]): WrittenOutput {
  const output = new WrittenOutput(100);
  for (const text of texts) output.add(text);
  return output;
}

describe('what a program wrote', () => {
  test('is kept byte by byte once some of it is no text', () => {
    expect(written('a\r', '\x1b[1m\udcff').bytes).toEqual(Uint8Array.of(0x61, 0x0d, 0x1b, 0x5b, 0x31, 0x6d, 0xff));
    expect(written('a', '\0').bytes).toEqual(Uint8Array.of(0x61, 0));
    expect(written('a', '\0').hasOtherBytes).toBe(false);
  });

  test('is as the console shows it while all of it is text', () => {
    expect(written('grüße\n').bytes).toBeUndefined();
  });

  test('is kept up to a limit, and from the next beginning on again', () => {
    const output = written('\udcff', 'x'.repeat(100));
    expect(output.bytes).toBeUndefined();
    output.clear();
    expect(output.hasOtherBytes).toBe(false);
    output.add('\udcfe');
    expect(output.bytes).toEqual(Uint8Array.of(0xfe));
  });
});
