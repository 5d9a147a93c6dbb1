/**
 * The lines of a function of that name, which begins and ends at the left edge.
 * @param {string} source
 * @param {string} name
 */
export function functionOf(source, name) {
  const lines = source.split('\n');
  const first = lines.findIndex((line) => new RegExp(`^\\S.* ${name}\\(`).test(line));
  const last = lines.indexOf('}', first);
  if (first === -1 || last === -1) throw new Error(`there is no function ${name}`);
  return lines.slice(first, last + 1);
}

/**
 * A line of code in pieces; one that is to stand out has a class.
 * @param {string} line
 * @returns {{ text: string, kind?: 'keyword' | 'comment' }[]}
 */
export function codePieces(line) {
  return line.split(/(\/\/.*$|\bco_(?:await|return|yield)\b)/).flatMap((text) => {
    if (text === '') return [];
    if (text.startsWith('//')) return [{ text, kind: /** @type {const} */ ('comment') }];
    return text.startsWith('co_') ? [{ text, kind: /** @type {const} */ ('keyword') }] : [{ text }];
  });
}
