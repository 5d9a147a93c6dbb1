/** How much larger than usual the visitor's browser shows text: drawings follow it, as CSS lengths in rem do. */
export function textScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
