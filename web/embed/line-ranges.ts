/** Parses lines such as `2,5-7`; undefined if invalid. */
export function parseLineRanges(text: string): Set<number> | undefined {
  const lines = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to = from] = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(part) ?? [];
    if (from === undefined || Number(from) < 1 || Number(to) < Number(from)) return undefined;
    for (let line = Number(from); line <= Number(to); line += 1) lines.add(line);
  }
  return lines;
}
