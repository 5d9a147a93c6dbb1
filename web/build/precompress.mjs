import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

const packed = new Set(['.png', '.jpg', '.woff2', '.br', '.gz']);
const smallest = 1024;

/** From this size on the best level takes many seconds, the quick one few. */
const big = 500_000;

/**
 * @typedef {{ quick: boolean }} Effort
 * @typedef {{ name: string, size: number, br: number, gz: number }} Packed
 */

/**
 * Writes a .br and a .gz next to every file of a folder that becomes smaller by it. Results are cached by content hash,
 * since the best compression of a compiler takes minutes.
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
    const level = effort.quick && content.length >= big ? 4 : 11;
    const [br, gz] = await Promise.all([
      provide(path, '.br', cache, namesFor(hash, 'br', 11, level), () => packBrotli(content, level)),
      provide(path, '.gz', cache, namesFor(hash, 'gz', 9, level), () => gzip(content, { level: Math.min(level, 9) })),
    ]);
    results.push({ name, size: content.length, br, gz });
  }
  return results;
}

/**
 * Possible cache names of a packed file, best first; a new one gets the last.
 * @param {string} hash
 * @param {'br' | 'gz'} kind
 * @param {number} best
 * @param {number} level
 */
function namesFor(hash, kind, best, level) {
  const name = (/** @type {number} */ it) => `${hash}-${it}.${kind}`;
  return level >= best ? [name(best)] : [name(best), name(level)];
}

/**
 * @param {Buffer} content
 * @param {number} level
 */
function packBrotli(content, level) {
  return brotli(content, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: level,
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '', ...options] = process.argv.slice(2);
  const cache = fileURLToPath(new URL('../../build/packed', import.meta.url));
  await precompress(folder, cache, { quick: options.includes('--quick') });
}
