// @ts-check
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

const packed = new Set(['.png', '.jpg', '.woff2', '.br', '.gz']);
const smallest = 1024;

/** From this size on the best brotli level takes minutes, and the quick one seconds. */
const big = 4_000_000;

/**
 * @typedef {{ quick: boolean }} Effort
 * @typedef {{ name: string, size: number, br: number, gz: number }} Packed
 */

/**
 * Writes a .br and a .gz beside every file of a folder that gets smaller by it. What was packed once is
 * kept by the hash of its content, since the best compression of a compiler takes minutes.
 * @param {string} folder
 * @param {string} cache
 * @param {Effort} effort
 * @returns {Promise<Packed[]>}
 */
export async function precompress(folder, cache, effort) {
  await mkdir(cache, { recursive: true });
  const results = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const info = await stat(path);
    if (!info.isFile() || info.size < smallest || packed.has(extname(path))) continue;
    const content = await readFile(path);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
    const [br, gz] = await Promise.all([
      provide(path, '.br', cache, brotliNames(hash, content.length, effort), () => packBrotli(content, effort)),
      provide(path, '.gz', cache, [`${hash}.gz`], () => gzip(content, { level: 9 })),
    ]);
    results.push({ name, size: content.length, br, gz });
  }
  return results;
}

/**
 * The names under which a packed file may be in the cache, the best first; a new one gets the last.
 * @param {string} hash
 * @param {number} size
 * @param {Effort} effort
 */
function brotliNames(hash, size, effort) {
  const best = `${hash}-11.br`;
  return levelFor(size, effort) === 11 ? [best] : [best, `${hash}-${levelFor(size, effort)}.br`];
}

/**
 * @param {number} size
 * @param {Effort} effort
 */
function levelFor(size, { quick }) {
  return quick && size >= big ? 5 : 11;
}

/**
 * @param {Buffer} content
 * @param {Effort} effort
 */
function packBrotli(content, effort) {
  return brotli(content, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: levelFor(content.length, effort),
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

/**
 * @param {string} path
 * @param {string} suffix
 * @param {string} cache
 * @param {string[]} names
 * @param {() => Promise<Buffer>} pack
 */
async function provide(path, suffix, cache, names, pack) {
  for (const name of names) {
    try {
      await copyFile(join(cache, name), path + suffix);
      return (await stat(path + suffix)).size;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
  const content = await pack();
  const kept = join(cache, /** @type {string} */ (names.at(-1)));
  await writeFile(`${kept}.new`, content);
  await rename(`${kept}.new`, kept);
  await copyFile(kept, path + suffix);
  return content.length;
}
