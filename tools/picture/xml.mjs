const entities = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });

/** @param {string} text */
export function escaped(text) {
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

/**
 * An element; what is in it is XML already.
 * @param {string} name
 * @param {Record<string, string | number | undefined>} attributes those that are undefined are left out
 * @param {...string} content
 */
export function element(name, attributes, ...content) {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? short(value) : value)}"`],
  );
  const open = `<${name}${written.join('')}`;
  return content.length === 0 ? `${open}/>` : `${open}>${content.join('')}</${name}>`;
}

/**
 * A number with as many digits as one can see.
 * @param {number} value
 */
export function short(value) {
  return String(Number(value.toFixed(2)));
}
