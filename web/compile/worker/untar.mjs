/** Of ustar: a header of one block, then the contents padded to whole blocks. */
export const blockSize = 512;
const nameLength = 100;

/**
 * The files of a tar archive that `web/build/compiler/tar.mjs` wrote, by path. They are views of the archive.
 * In JavaScript, since build scripts in Node read the archive as well as the compile worker.
 * @param {Uint8Array} archive
 */
export function untar(archive) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (let offset = 0; offset + blockSize <= archive.length && archive[offset] !== 0; ) {
    const header = archive.subarray(offset, offset + blockSize);
    const size = parseInt(text(header, 124, 12), 8);
    const start = offset + blockSize;
    if (text(header, 156, 1) === '0') files.set(text(header, 0, nameLength), archive.subarray(start, start + size));
    offset = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

/**
 * @param {Uint8Array} header
 * @param {number} start
 * @param {number} length
 */
function text(header, start, length) {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return String.fromCharCode(...field.subarray(0, end === -1 ? length : end));
}
