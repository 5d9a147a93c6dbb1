import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';

/** What the page needs of an editor, be it a plain text area or Monaco. */
export interface TextEditor {
  readonly text: string;
  /** Replaces the text as one edit that Undo takes back. */
  setText(text: string): void;
  /** Starts anew with another document: the selection and the history of the former one are gone. */
  open(text: string): void;
  onChange(listener: () => void): void;
  showDiagnostics(diagnostics: Diagnostic[]): void;
  applyFixIts(fixIts: FixIt[]): void;
  goTo(range: SourceRange): void;
  focus(): void;
}
