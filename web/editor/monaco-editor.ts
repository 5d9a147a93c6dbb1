import { markerRange, markersOf } from './monaco-markers.js';
import { monaco } from './monaco-setup.js';
import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import type { TextEditor } from './text-editor.js';

const markerOwner = 'clang';

export interface MonacoOptions {
  /** The name that diagnostics give the text. */
  file: string;
  dark: MediaQueryList;
}

export class MonacoEditor implements TextEditor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #file: string;
  readonly #listeners: (() => void)[] = [];
  #model: monaco.editor.ITextModel;

  constructor(parent: HTMLElement, text: string, { file, dark }: MonacoOptions) {
    this.#file = file;
    defineThemes();
    this.#model = createModel(text);
    this.#editor = monaco.editor.create(parent, {
      model: this.#model,
      theme: themeOf(dark),
      automaticLayout: true,
      minimap: { enabled: false },
      fontFamily: getComputedStyle(parent).fontFamily,
      fontSize: parseFloat(getComputedStyle(parent).fontSize),
      lineHeight: parseFloat(getComputedStyle(parent).lineHeight),
      lineNumbersMinChars: 3,
      lineDecorationsWidth: 8,
      padding: { top: 8, bottom: 8 },
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      overviewRulerBorder: false,
      fixedOverflowWidgets: true,
      tabSize: 4,
      ariaLabel: 'C++ source. Escape, then Tab leaves the editor.',
    });
    this.#editor.onDidChangeModelContent(() => this.#changed());
    dark.addEventListener('change', () => monaco.editor.setTheme(themeOf(dark)));
    this.#openTabTrap();
  }

  get text(): string {
    return this.#model.getValue();
  }

  setText(text: string): void {
    this.#edit([{ range: this.#model.getFullModelRange(), text }]);
  }

  open(text: string): void {
    const former = this.#model;
    this.#model = createModel(text);
    this.#editor.setModel(this.#model);
    former.dispose();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    monaco.editor.setModelMarkers(this.#model, markerOwner, markersOf(diagnostics, this.#file));
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.#edit(
      fixIts.map(({ range, replacement }) => ({ range: toRange(range), text: replacement })),
    );
    this.focus();
  }

  goTo(range: SourceRange): void {
    this.#editor.setSelection(toRange(range));
    this.#editor.revealLineInCenterIfOutsideViewport(range.startLine);
    this.focus();
  }

  select(start: number, end: number): void {
    const [from, to] = [this.#model.getPositionAt(start), this.#model.getPositionAt(end)];
    this.#editor.setSelection(monaco.Range.fromPositions(from, to));
    this.#editor.revealPosition(from);
  }

  focus(): void {
    this.#editor.focus();
  }

  #edit(edits: monaco.editor.IIdentifiedSingleEditOperation[]): void {
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('playground', edits);
    this.#editor.pushUndoStop();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** After Escape the next Tab moves on through the page instead of indenting; any other key ends that. */
  #openTabTrap(): void {
    const setLeaving = (leaving: boolean): void => this.#editor.updateOptions({ tabFocusMode: leaving });
    this.#editor.onKeyDown(({ keyCode }) => {
      if (keyCode === monaco.KeyCode.Escape) setLeaving(true);
      else if (keyCode !== monaco.KeyCode.Tab && keyCode !== monaco.KeyCode.Shift) setLeaving(false);
    });
    this.#editor.onDidBlurEditorWidget(() => setLeaving(false));
  }
}

function createModel(text: string): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(text, 'cpp');
  // What is compiled and what is saved count lines the same way.
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  return model;
}

function toRange(range: SourceRange): monaco.IRange {
  return markerRange(range);
}

function themeOf(dark: MediaQueryList): string {
  return dark.matches ? 'playground-dark' : 'playground-light';
}

function defineThemes(): void {
  monaco.editor.defineTheme('playground-light', {
    base: 'vs',
    inherit: true,
    rules: [],
    colors: { 'editor.background': '#ffffff' },
  });
  monaco.editor.defineTheme('playground-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: [],
    colors: { 'editor.background': '#171a21' },
  });
}
