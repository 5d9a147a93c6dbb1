/** The key of a compiled program. */
export function programKey(text: string, threads: boolean): string {
  return threads ? `${textKey(text)}-threads` : textKey(text);
}

/**
 * A 128-bit hash of a program's text, the same in Node and in any page: `crypto.subtle` is missing where a page was
 * loaded by plain HTTP. Anyone able to forge one already controls the page's text.
 */
export function textKey(text: string): string {
  const multipliers = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];
  const parts = multipliers.map((multiplier, index) => {
    let hash = (0x811c9dc5 ^ Math.imul(text.length + index, multiplier)) >>> 0;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
      hash = (hash << 13) | (hash >>> 19);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    return ((hash ^ (hash >>> 15)) >>> 0).toString(16).padStart(8, '0');
  });
  return parts.join('');
}
