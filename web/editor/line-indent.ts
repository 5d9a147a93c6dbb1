/** How the line after the one that ends at `offset` starts: as that one, deeper behind an opening bracket. */
export function indentAfter(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return /[{([]\s*$/.test(line) ? `${indent}    ` : indent;
}
