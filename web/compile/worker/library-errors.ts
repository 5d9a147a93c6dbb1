import type { PrintedDiagnostic } from './diagnostics.js';

/** Lines of a library's error that are printed; all of its notes are in the list of problems. */
const mostLines = 12;

/**
 * An error in a header of the library is listed at the line of the program that leads there, which clang has in a note.
 * Of several for one line the first is kept: the others follow from it.
 */
export function placeLibraryErrors(printed: PrintedDiagnostic[], files: Record<string, string>): PrintedDiagnostic[] {
  const listed = new Set<string>();
  return printed.flatMap((one) => {
    const { severity, file, range, message, notes } = one.diagnostic;
    if (severity !== 'error' || file === '' || Object.hasOwn(files, file)) return [one];
    const placed = placedIn(files, one, message);
    if (placed === undefined) return listed.size > 0 ? [] : [one];
    const { diagnostic, lines } = placed;
    const line = `${diagnostic.file}:${diagnostic.range.startLine}`;
    if (listed.has(line)) return [];
    listed.add(line);
    const hidden = one.lines.length - mostLines;
    const rest = hidden <= 1 ? one.lines : [...one.lines.slice(0, mostLines), `      (and ${hidden} more lines)`];
    return [{ diagnostic: { ...diagnostic, notes: [{ file, range, message }, ...notes] }, lines: [...lines, ...rest] }];
  });
}

/** The same error, with this message, at the line of the program that a note names; undefined where none does. */
export function placedIn(files: Record<string, string>, { diagnostic }: PrintedDiagnostic, message: string): PrintedDiagnostic | undefined {
  const place = Object.hasOwn(files, diagnostic.file) ? diagnostic : diagnostic.notes.find(({ file }) => Object.hasOwn(files, file));
  if (place === undefined) return undefined;
  const { file, range } = place;
  const { startLine, startColumn } = range;
  const source = files[file]?.split('\n')[startLine - 1] ?? '';
  return {
    diagnostic: { ...diagnostic, file, range, message, notes: [] },
    lines: [
      `${file}:${startLine}:${startColumn}: error: ${message}`,
      `${String(startLine).padStart(5)} | ${source}`,
      `      | ${' '.repeat(startColumn - 1)}^`,
    ],
  };
}
