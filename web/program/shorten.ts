/** Characters of a message that a program ends with: what is longer is no message, and would hold up the page. */
const LONGEST = 10_000;

/** The beginning of a text that is too long to be shown as one line, and how long it is. */
export function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  // Not in the middle of a character of two units.
  const beginning = text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');
  return `${beginning} … [${text.length.toLocaleString('en')} characters in all]`;
}
