import { blockSize } from '../../compile/worker/untar.mjs';

const NAME_LIMIT = 100;

/**
 * A tar archive of `files` (path to Buffer) for the compiler's loader: folders precede their contents and have no
 * trailing slash. The same files always give the same bytes.
 * @param {Map<string, Uint8Array>} files
 */
export function tar(files) {
  /** @type {Uint8Array[]} */
  const parts = [];
  /** @type {Set<string>} */
  const folders = new Set();
  for (const path of [...files.keys()].sort()) {
    const segments = path.split('/').slice(0, -1);
    segments.forEach((_, index) => {
      const folder = segments.slice(0, index + 1).join('/');
      if (folders.has(folder)) return;
      folders.add(folder);
      parts.push(header(folder, 0, '5'));
    });
    const data = /** @type {Uint8Array} */ (files.get(path));
    parts.push(header(path, data.length, '0'), data, Buffer.alloc(-data.length & (blockSize - 1)));
  }
  parts.push(Buffer.alloc(2 * blockSize));
  return Buffer.concat(parts);
}

/**
 * @param {string} name
 * @param {number} size
 * @param {'0' | '5'} type of a file, of a folder
 */
function header(name, size, type) {
  if (Buffer.byteLength(name) >= NAME_LIMIT) throw new Error(`path too long for the archive: ${name}`);
  const block = Buffer.alloc(blockSize);
  /** @type {(text: string, offset: number) => number} */
  const put = (text, offset) => block.write(text, offset, 'latin1');
  put(name, 0);
  put(type === '5' ? '0000755\0' : '0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        ', 148);
  put(type, 156);
  put('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
