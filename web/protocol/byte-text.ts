/**
 * Encodes any bytes as text: valid UTF-8 is decoded, and any other byte becomes U+DC00 plus the byte, a lone surrogate
 * that no valid text contains. Like Python's error handler `surrogateescape` (PEP 383).
 */

const ESCAPE = 0xdc00;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Decodes bytes to text in chunks: a character may be split between chunks. */
export class ByteDecoder {
  #unfinished = new Uint8Array();

  decode(bytes: Uint8Array): string {
    const all = this.#unfinished.length === 0 ? bytes : joined([this.#unfinished, bytes]);
    const end = all.length - unfinishedAtEnd(all);
    this.#unfinished = all.slice(end);
    return textOf(all.subarray(0, end));
  }

  /** The rest of an incomplete character. */
  end(): string {
    const rest = this.#unfinished;
    this.#unfinished = new Uint8Array();
    return textOf(rest);
  }
}

/** The bytes that the text encodes. */
export function bytesOf(text: string): Uint8Array {
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  if (pieces.length === 1) return encoder.encode(text);
  return joined(
    pieces.map((piece, index) =>
      index % 2 === 0 ? encoder.encode(piece) : Uint8Array.from(piece, (unit) => unit.charCodeAt(0) - ESCAPE),
    ),
  );
}

/** Whether the text encodes bytes that are not UTF-8. */
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

/** The length of the character at `at`; 0 if it is invalid. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lengthAfter(lead);
  if (length < 2) return length;
  // Overlong forms, surrogates, and code points above U+10FFFF are not valid UTF-8.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (second < lowest || second > highest) return 0;
  for (let next = 2; next < length; next += 1) if (!isContinuation(bytes[at + next] ?? 0)) return 0;
  return length;
}

/** The length of a character with this lead byte; 0 if it is invalid. */
function lengthAfter(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** How many bytes at the end may begin an incomplete character. */
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
