/** The beginning of a text, without splitting a surrogate pair. */
export function beginningOf(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** The beginning of a text that is too long to show. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${beginningOf(text, longest)} …`;
}
