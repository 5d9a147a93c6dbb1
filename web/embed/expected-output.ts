/** The difference between a program's output and the expected output. */
export type Comparison =
  | { type: 'equal' }
  /** Both texts' lines from the first to the last difference. */
  | { type: 'different'; line: number; expected: string[]; got: string[] };

// eslint-disable-next-line no-control-regex -- it is escapes that are looked for
const escapes = /\x1b\[[0-?]*[ -/]*[@-~]/g;

/** Ignores colours, trailing white space, and surrounding blank lines. */
export function compareOutput(expected: string, got: string): Comparison {
  const wanted = linesOf(expected);
  const printed = linesOf(got.replace(escapes, ''));
  const longest = Math.min(wanted.length, printed.length);
  let start = 0;
  while (start < longest && wanted[start] === printed[start]) start += 1;
  if (start === wanted.length && start === printed.length) return { type: 'equal' };
  let end = 0;
  while (end < longest - start && wanted.at(-1 - end) === printed.at(-1 - end)) end += 1;
  return {
    type: 'different',
    line: start + 1,
    expected: wanted.slice(start, wanted.length - end),
    got: printed.slice(start, printed.length - end),
  };
}

function linesOf(text: string): string[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines;
}
