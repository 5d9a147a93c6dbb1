import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * The functions of LLVM's module that the page's programs use.
 * @typedef {object} Profile
 * @property {string} sha256 of the module it was made of
 * @property {number} functions how many the module has
 * @property {string[]} used a bit each, deflated, in base64, cut into lines
 */

const file = new URL('profile.json', import.meta.url);

/**
 * A byte for each function of `module`; undefined if the stored profile is of another module.
 * @param {Buffer} module
 */
export function profileOf(module) {
  return unpackProfile(JSON.parse(readFileSync(file, 'utf8')), module);
}

/**
 * @param {Buffer} module
 * @param {Uint8Array} used
 */
export function writeProfile(module, used) {
  writeFileSync(file, `${JSON.stringify(packProfile(module, used), undefined, 1)}\n`);
}

/**
 * @param {Profile} profile
 * @param {Buffer} module
 * @returns {Uint8Array | undefined}
 */
export function unpackProfile({ sha256, functions, used }, module) {
  if (sha256 !== hashOf(module)) return undefined;
  const bits = inflateRawSync(Buffer.from(used.join(''), 'base64'));
  return Uint8Array.from({ length: functions }, (_, index) => ((bits[index >> 3] ?? 0) >> (index & 7)) & 1);
}

/**
 * @param {Buffer} module
 * @param {Uint8Array} used
 * @returns {Profile}
 */
export function packProfile(module, used) {
  const bits = Buffer.alloc(Math.ceil(used.length / 8));
  used.forEach((mark, index) => {
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (mark << (index & 7));
  });
  const text = deflateRawSync(bits, { level: 9 }).toString('base64');
  return { sha256: hashOf(module), functions: used.length, used: text.match(/.{1,110}/g) ?? [] };
}

/** @param {Buffer} bytes */
function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
