import { existsSync, readFileSync } from 'node:fs';

/**
 * Whether the output that the file `stamp` represents was built from inputs with this `fingerprint`.
 * @param {string} stamp
 * @param {string} fingerprint
 */
export function isStamped(stamp, fingerprint) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
}
