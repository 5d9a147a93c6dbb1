/** A source location named in a line of text. */
export interface SourceLink {
  /** Position in the text: from inclusive, to exclusive. */
  from: number;
  to: number;
  file: string;
  line: number;
  /** From 1; 1 where the text names none. */
  column: number;
}

/** The format of compilers and asyncio's own messages: `main.cpp:12` or `main.cpp:12:5`. */
const colonPlace = /:(\d{1,7})(?::(\d{1,5}))?(?!\d)/g;
/** The format of Python's call graphs and tracebacks. */
const quotedPlace = /File (['"])([^'"]{1,200})\1, line (\d{1,7})(?!\d)/g;
const notInPath = /[\s:'"()<>[\]{},;=]/;
const longestPath = 200;
/** Only this much of a line is searched. */
const searched = 2_000;
/** Maximum per line: each link is a page element. */
const mostLinks = 3;

/** The locations that a line names in files that can be opened. Takes linear time. */
export function findSourceLinks(text: string, canOpen: (file: string) => boolean): SourceLink[] {
  const line = text.slice(0, searched);
  const found: SourceLink[] = [];
  const add = (from: number, to: number, file: string, number: string | undefined, column: string | undefined): void => {
    const link = { from, to, file, line: Number(number), column: Math.max(1, Number(column ?? 1)) };
    if (file !== '' && link.line > 0 && canOpen(file)) found.push(link);
  };
  for (const match of line.matchAll(colonPlace)) {
    const from = pathStart(line, match.index);
    add(from, match.index + match[0].length, line.slice(from, match.index), match[1], match[2]);
  }
  for (const match of line.matchAll(quotedPlace)) {
    add(match.index, match.index + match[0].length, match[2] ?? '', match[3], undefined);
  }
  return found.sort((a, b) => a.from - b.from).slice(0, mostLinks);
}

function pathStart(line: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < longestPath && !notInPath.test(line.charAt(start - 1))) start -= 1;
  return start;
}
