/**
 * Any bytes as text: UTF-8 is the text it stands for, and a byte that is no part of UTF-8 is U+DC00 plus the byte, half a
 * character that no text holds otherwise. As Python's error handler `surrogateescape` has it (PEP 383).
 */

const ESCAPE = 0xdc00;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes to text, in pieces as they come: a character may be split between pieces. */
export class ByteDecoder {
  #unfinished = new Uint8Array();

  decode(bytes: Uint8Array): string {
    const all = this.#unfinished.length === 0 ? bytes : joined([this.#unfinished, bytes]);
    const end = all.length - unfinishedAtEnd(all);
    this.#unfinished = all.slice(end);
    return textOf(all.subarray(0, end));
  }

  /** What is left of a character that was never completed. */
  end(): string {
    const rest = this.#unfinished;
    this.#unfinished = new Uint8Array();
    return textOf(rest);
  }
}

/** The bytes that the text stands for. */
export function bytesOf(text: string): Uint8Array {
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  if (pieces.length === 1) return encoder.encode(text);
  return joined(
    pieces.map((piece, index) =>
      index % 2 === 0 ? encoder.encode(piece) : Uint8Array.from(piece, (unit) => unit.charCodeAt(0) - ESCAPE),
    ),
  );
}

/** Whether the text stands for bytes that are not UTF-8. */
export function hasOtherBytes(text: string): boolean {
  return /[\udc80-\udcff]/u.test(text);
}

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return escapedText(bytes);
  }
}

function escapedText(bytes: Uint8Array): string {
  let text = '';
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      text += decoder.decode(bytes.subarray(start, at)) + String.fromCharCode(ESCAPE + (bytes[at] ?? 0));
      start = at + 1;
    }
    at += length || 1;
  }
  return text + decoder.decode(bytes.subarray(start));
}

/** Of the character that begins there; 0 when none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lengthAfter(lead);
  if (length < 2) return length;
  // Longer forms of what is shorter, halves of characters, and what is beyond U+10FFFF are not UTF-8.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < lowest || second > highest) return 0;
  for (let next = 2; next < length; next += 1) if (!isContinuation(bytes[at + next] ?? 0)) return 0;
  return length;
}

/** How many bytes a character takes that begins with this one; 0 when none does. */
function lengthAfter(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** How many bytes at the end may be the beginning of a character. */
function unfinishedAtEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (!isContinuation(byte)) return lengthAfter(byte) > back ? back : 0;
  }
  return 0;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
