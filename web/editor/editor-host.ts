import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import { PlainEditor } from './plain-editor.js';
import type { TextEditor } from './text-editor.js';

/** Starts as a text area and becomes Monaco once that has loaded; the text, the caret and the listeners stay. */
export class EditorHost implements TextEditor {
  readonly #parent: HTMLElement;
  readonly #plain: PlainEditor;
  readonly #file: string;
  readonly #listeners: (() => void)[] = [];
  #editor: TextEditor;
  #diagnostics: Diagnostic[] = [];

  constructor(parent: HTMLElement, area: HTMLTextAreaElement, file: string) {
    this.#parent = parent;
    this.#plain = new PlainEditor(area);
    this.#plain.onChange(() => this.#changed());
    this.#editor = this.#plain;
    this.#file = file;
  }

  /** Rejects when Monaco cannot be loaded; the text area then stays. */
  async upgrade(dark: MediaQueryList): Promise<void> {
    const { MonacoEditor } = await import('./monaco-editor.js');
    const area = this.#plain.element;
    const focused = document.activeElement === area;
    const place = document.createElement('div');
    place.className = 'editor-monaco';
    this.#parent.append(place);
    const monaco = new MonacoEditor(place, this.#plain.text, { file: this.#file, dark });
    monaco.select(area.selectionStart, area.selectionEnd);
    monaco.showDiagnostics(this.#diagnostics);
    monaco.onChange(() => this.#changed());
    this.#editor = monaco;
    area.hidden = true;
    if (focused) monaco.focus();
  }

  get text(): string {
    return this.#editor.text;
  }

  setText(text: string): void {
    this.#editor.setText(text);
  }

  open(text: string): void {
    this.#editor.open(text);
    this.showDiagnostics([]);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    this.#diagnostics = diagnostics;
    this.#editor.showDiagnostics(diagnostics);
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.#editor.applyFixIts(fixIts);
  }

  goTo(range: SourceRange): void {
    this.#editor.goTo(range);
  }

  focus(): void {
    this.#editor.focus();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
