import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import type { SourceDocument } from './source-document.js';

/** A runtime header, shown read-only instead of a file. */
export interface ShownHeader {
  name: string;
  leave(): void;
}

/** A mark of a line of a file: a short text behind the line, and the whole for who asks. */
export interface LineMark {
  file: string;
  line: number;
  text: string;
  title: string;
}

/** The page's interface to an editor, either a plain text area or Monaco. It shows one document at a time. */
export interface TextEditor {
  /** The text of the document that is shown. */
  readonly text: string;
  /** Shows a document with its previous selection and history. */
  show(document: SourceDocument): void;
  /** Releases documents that are no longer needed. */
  forget(documents: readonly SourceDocument[]): void;
  /** Replaces the text as one edit that Undo reverts. */
  setText(text: string): void;
  onChange(listener: () => void): void;
  /** For all documents, by name. */
  showDiagnostics(diagnostics: Diagnostic[]): void;
  /** For all documents, by name; they replace those before. */
  showMarks(marks: LineMark[]): void;
  /** Applied to the shown document. */
  applyFixIts(fixIts: FixIt[]): void;
  goTo(range: SourceRange): void;
  /** Formats the text; rejects with a user-readable error. */
  format(): Promise<void>;
  focus(): void;
}
