/**
 * Bytes on their way to and from the page, which takes and gives text: as web/protocol/byte-text.ts has it, U+DC00 plus the
 * byte stands for a byte that is no part of UTF-8.
 */

const escape = 0xdc00;

/**
 * For the page, to which the text stands for just these bytes.
 * @param {Buffer} bytes
 */
export function textOf(bytes) {
  return bytes.toString('latin1').replaceAll(/[\x80-\xff]/g, (byte) => String.fromCharCode(escape + byte.charCodeAt(0)));
}

/** @param {string} text */
export function bytesOf(text) {
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : Buffer.from(piece, 'utf16le').filter((_byte, at) => at % 2 === 0))),
  );
}
