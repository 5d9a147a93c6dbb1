import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const file = new URL('profile.json', import.meta.url);

/**
 * Which functions of LLVM's module the page's programs use, a byte each; undefined when the profile was made of another
 * module.
 * @param {Buffer} module
 * @returns {Uint8Array | undefined}
 */
export function profileOf(module) {
  const { sha256, functions, used } = JSON.parse(readFileSync(file, 'utf8'));
  if (sha256 !== hashOf(module)) return undefined;
  const bits = inflateRawSync(Buffer.from(used.join(''), 'base64'));
  return Uint8Array.from({ length: functions }, (_, index) => (bits[index >> 3] >> (index & 7)) & 1);
}

/**
 * @param {Buffer} module
 * @param {Uint8Array} marks
 */
export function writeProfile(module, marks) {
  const bits = Buffer.alloc(Math.ceil(marks.length / 8));
  marks.forEach((mark, index) => {
    bits[index >> 3] |= mark << (index & 7);
  });
  const profile = {
    sha256: hashOf(module),
    functions: marks.length,
    used: deflateRawSync(bits, { level: 9 }).toString('base64').match(/.{1,110}/g),
  };
  writeFileSync(file, `${JSON.stringify(profile, undefined, 1)}\n`);
}

/** @param {Buffer} bytes */
function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
