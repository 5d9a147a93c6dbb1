/** The compiler's diagnostics, as the editor and the console show them. */

export type Severity = 'error' | 'warning' | 'note' | 'remark';

/** A half-open range. Lines and columns count from 1; columns are UTF-16 code units. */
export interface SourceRange {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

export interface FixIt {
  file: string;
  range: SourceRange;
  replacement: string;
}

export interface Note {
  file: string;
  range: SourceRange;
  message: string;
}

export interface Diagnostic {
  severity: Severity;
  /** As the compiler names it: `main.cpp`, a file of the snippet, or a header. Empty for the linker. */
  file: string;
  range: SourceRange;
  message: string;
  /** The warning flag or check, such as `-Wunused-variable`. */
  code?: string;
  notes: Note[];
  fixIts: FixIt[];
}

export function countOf(diagnostics: Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}
