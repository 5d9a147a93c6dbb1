import { describe, expect, test } from '@jest/globals';
import { ByteDecoder, bytesOf, hasOtherBytes } from './byte-text.js';

function decoded(...pieces: (readonly number[] | Uint8Array)[]): string {
  const decoder = new ByteDecoder();
  return pieces.map((piece) => decoder.decode(Uint8Array.from(piece))).join('') + decoder.end();
}

/** The same ones each time. */
function someBytes(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

describe('bytes as text', () => {
  test('are the text they stand for, its byte order mark and its NULs too', () => {
    const text = '\ufeffgrüße,\0 世界 🎉\r\n\ufeff';
    expect(decoded(new TextEncoder().encode(text))).toBe(text);
    expect(bytesOf(text)).toEqual(new TextEncoder().encode(text));
    expect(hasOtherBytes(text)).toBe(false);
  });

  test('are told from text where they are not UTF-8', () => {
    expect(decoded([0x61, 0xff, 0x62])).toBe('a\udcffb');
    expect(hasOtherBytes('a\udcffb')).toBe(true);
  });

  test.each([
    ['each byte there is', Array.from({ length: 256 }, (_, byte) => byte)],
    ['a character in a longer form', [0xc0, 0x80, 0xe0, 0x80, 0x80, 0xf0, 0x80, 0x80, 0x80]],
    ['half a character', [0xed, 0xb2, 0x80, 0xed, 0xa0, 0x80]],
    ['what is beyond the last character', [0xf4, 0x90, 0x80, 0x80, 0xf5, 0x80]],
    ['a character that breaks off', [0xe4, 0xb8, 0x41, 0xf0, 0x9f, 0x8e]],
    ['a byte after a character of two units', [0xf0, 0x9f, 0x8e, 0x89, 0x80, 0xbf]],
  ])('come back out of it: %s', (_what, bytes) => {
    expect([...bytesOf(decoded(bytes))]).toEqual(bytes);
  });

  test('come back out of it, a megabyte of them', () => {
    const bytes = someBytes(1 << 20);
    const back = bytesOf(decoded(bytes));
    expect(back.length).toBe(bytes.length);
    expect(back.every((byte, at) => byte === bytes[at])).toBe(true);
  });

  test('come back out of it, however they are split', () => {
    const bytes = [...new TextEncoder().encode('aü世🎉'), 0xe4, 0xff, 0xf0, 0x9f, 0x8e, ...new TextEncoder().encode('🎉')];
    const whole = decoded(bytes);
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        expect(decoded(bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second))).toBe(whole);
      }
    }
    expect([...bytesOf(whole)]).toEqual(bytes);
  });

  test('are told as soon as they can be nothing else', () => {
    const decoder = new ByteDecoder();
    expect(decoder.decode(Uint8Array.of(0x61, 0xe4))).toBe('a');
    expect(decoder.decode(Uint8Array.of(0x62))).toBe('\udce4b');
  });
});
