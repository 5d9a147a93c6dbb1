import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import type { SourceDocument } from './source-document.js';

/** A header of the runtime, shown to be read in the place of a file. */
export interface ShownHeader {
  name: string;
  leave(): void;
}

/** What the page needs of an editor, be it a plain text area or Monaco. It shows one document at a time. */
export interface TextEditor {
  /** The text of the document that is shown. */
  readonly text: string;
  /** Shows a document as it was left, with its own selection and history. */
  show(document: SourceDocument): void;
  /** These are not coming back. */
  forget(documents: readonly SourceDocument[]): void;
  /** Replaces the text as one edit that Undo takes back. */
  setText(text: string): void;
  onChange(listener: () => void): void;
  /** Of all documents, by their names. */
  showDiagnostics(diagnostics: Diagnostic[]): void;
  /** To the document that is shown. */
  applyFixIts(fixIts: FixIt[]): void;
  goTo(range: SourceRange): void;
  /** Lays the text out anew; rejects with words for people. */
  format(): Promise<void>;
  focus(): void;
}
