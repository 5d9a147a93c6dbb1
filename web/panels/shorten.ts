/** The beginning of a text that is too long for its place. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not in the middle of a character of two units.
  return `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')} …`;
}
