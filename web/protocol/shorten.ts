/** The beginning of a text, not in the middle of a character of two units. */
export function beginningOf(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** The beginning of a text that is too long for its place. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${beginningOf(text, longest)} …`;
}
