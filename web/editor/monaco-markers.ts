import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Diagnostic, Severity, SourceRange } from '../protocol/diagnostic.js';

/** Monaco's MarkerSeverity, whose values are fixed; importing the enum would load Monaco. */
const markerSeverity: Record<Severity, number> = { error: 8, warning: 4, remark: 2, note: 2 };

/** The markers of one file; a note elsewhere in the same file is part of its diagnostic's message. */
export function markersOf(diagnostics: Diagnostic[], file: string): editor.IMarkerData[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.file === file && diagnostic.range.startLine > 0)
    .map((diagnostic) => ({
      severity: markerSeverity[diagnostic.severity],
      message: [diagnostic.message, ...diagnostic.notes.map(({ message, range }) => `note (line ${range.startLine}): ${message}`)].join('\n'),
      source: 'clang',
      code: diagnostic.code,
      ...markerRange(diagnostic.range),
    }));
}

export function markerRange(range: SourceRange): {
  startLineNumber: number;
  startColumn: number;
  endLineNumber: number;
  endColumn: number;
} {
  const { startLine, startColumn, endLine, endColumn } = range;
  const ordered = endLine > startLine || (endLine === startLine && endColumn >= startColumn);
  return {
    startLineNumber: startLine,
    startColumn,
    endLineNumber: ordered ? endLine : startLine,
    endColumn: ordered ? endColumn : startColumn,
  };
}
