/**
 * Bytes as text, for exchange with the page: as in web/protocol/byte-text.ts, U+DC00 plus the byte stands for a byte
 * that is not part of valid UTF-8.
 */

const escape = 0xdc00;

/**
 * The text that represents these bytes in the page.
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
