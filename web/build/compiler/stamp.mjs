import { existsSync, readFileSync } from 'node:fs';

/**
 * Whether what the file `stamp` stands for was made of what `fingerprint` tells.
 * @param {string} stamp
 * @param {string} fingerprint
 */
export function isStamped(stamp, fingerprint) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
}
