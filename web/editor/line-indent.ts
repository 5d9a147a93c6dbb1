/** The indentation after the line that ends at `offset`: the same, or deeper after an opening bracket. */
export function indentAfter(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return /[{([]\s*$/.test(line) ? `${indent}    ` : indent;
}
