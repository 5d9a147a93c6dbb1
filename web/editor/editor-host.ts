import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import { formatSource } from './format.js';
import type { MonacoOptions } from './monaco-editor.js';
import type { FilesChange, OpenFiles } from './open-files.js';
import { PlainEditor } from './plain-editor.js';
import type { SourceDocument } from './source-document.js';
import { touchKeys } from './touch-keys.js';
import type { LineMark, ShownHeader, TextEditor } from './text-editor.js';

/** Starts as a text area and is replaced by Monaco once loaded; text, caret and listeners are kept. */
export class EditorHost {
  readonly #parent: HTMLElement;
  readonly #plain: PlainEditor;
  readonly #files: OpenFiles;
  readonly #listeners: (() => void)[] = [];
  readonly #headerListeners: (() => void)[] = [];
  #onCaret: (line: number, column: number) => void = () => undefined;
  #onWanted: () => void = () => undefined;
  #editor: TextEditor;
  /** All documents that the editor may hold state for. */
  #known: Set<SourceDocument>;
  #diagnostics: Diagnostic[] = [];
  #marks: LineMark[] = [];
  #header: ShownHeader | undefined;

  constructor(parent: HTMLElement, area: HTMLTextAreaElement, files: OpenFiles) {
    this.#parent = parent;
    this.#files = files;
    this.#known = new Set(files.documents);
    this.#plain = new PlainEditor(area, formatSource);
    this.#plain.onChange(() => this.#changed());
    this.#plain.show(files.current);
    this.#editor = this.#plain;
    files.onChange((change) => this.#follow(change));
  }

  /** Rejects if Monaco cannot be loaded; the text area then stays. */
  async upgrade(options: Pick<MonacoOptions, 'dark' | 'settings' | 'vim' | 'language' | 'onFormat'>): Promise<void> {
    const { MonacoEditor } = await import('./monaco-editor.js');
    const area = this.#plain.element;
    const focused = document.activeElement === area;
    const place = document.createElement('div');
    place.className = 'editor-monaco';
    this.#parent.append(place);
    const monaco = new MonacoEditor(place, {
      ...options,
      files: this.#files,
      onHeader: (header) => this.#showsHeader(header),
      onCaret: (line, column) => this.#onCaret(line, column),
    });
    monaco.select(area.selectionStart, area.selectionEnd);
    monaco.showDiagnostics(this.#diagnostics);
    monaco.showMarks(this.#marks);
    monaco.onChange(() => this.#changed());
    this.#editor = monaco;
    area.hidden = true;
    if (focused) monaco.focus();
  }

  /**
   * For touch devices, where native text editing works better: keeps the text area, in colours, and adds keys that
   * phones lack.
   */
  stayPlain(): void {
    const sheet = this.#plain.element.parentElement;
    if (sheet !== null) this.#plain.colour(sheet);
    this.#parent.after(touchKeys(this.#plain.element));
  }

  /** The text of the file that is shown. */
  get text(): string {
    return this.#editor.text;
  }

  /** The runtime header that is shown instead of a file. */
  get header(): string | undefined {
    return this.#header?.name;
  }

  setText(text: string): void {
    this.leaveHeader();
    this.#editor.setText(text);
  }

  /** Called when a file's text, or the set of files, was edited. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  onHeader(listener: () => void): void {
    this.#headerListeners.push(listener);
  }

  /** Where the caret of the code editor is, counted from 1. */
  onCaret(listener: (line: number, column: number) => void): void {
    this.#onCaret = listener;
  }

  /** Called before the editor takes the focus or goes to a place: it may be out of sight. */
  onWanted(listener: () => void): void {
    this.#onWanted = listener;
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    this.#diagnostics = diagnostics;
    this.#editor.showDiagnostics(diagnostics);
  }

  showMarks(marks: LineMark[]): void {
    this.#marks = marks;
    this.#editor.showMarks(marks);
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.#onWanted();
    this.leaveHeader();
    for (const name of new Set(fixIts.map(({ file }) => file))) {
      if (this.#reveal(name)) this.#editor.applyFixIts(fixIts.filter(({ file }) => file === name));
    }
    this.#editor.focus();
  }

  goTo(file: string, range: SourceRange): void {
    this.#onWanted();
    this.leaveHeader();
    if (this.#reveal(file)) this.#editor.goTo(range);
  }

  format(): Promise<void> {
    this.leaveHeader();
    return this.#editor.format();
  }

  leaveHeader(): void {
    this.#header?.leave();
  }

  focus(): void {
    this.#onWanted();
    this.#editor.focus();
  }

  #reveal(name: string): boolean {
    const document = this.#files.find(name);
    if (document !== undefined) this.#files.show(document);
    return document !== undefined;
  }

  #showsHeader(header: ShownHeader | undefined): void {
    this.#header = header;
    for (const listener of this.#headerListeners) listener();
  }

  #follow(change: FilesChange): void {
    this.leaveHeader();
    if (change === 'opened') {
      this.#editor.forget([...this.#known]);
      this.#known.clear();
      this.#diagnostics = [];
    }
    for (const document of this.#files.documents) this.#known.add(document);
    this.#editor.show(this.#files.current);
    this.#editor.showDiagnostics(this.#diagnostics);
    if (change === 'edited') this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
