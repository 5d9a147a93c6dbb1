import { changedPart } from './changed-part.js';
import type { LanguageService } from './language-service.js';
import { defineThemes, registerCpp } from './monaco-colours.js';
import { headerScheme, provideLanguage } from './monaco-language.js';
import { decorationsOf } from './monaco-line-marks.js';
import { markerRange, markersOf } from './monaco-markers.js';
import { monaco } from './monaco-setup.js';
import { TabTrap } from './monaco-tab-trap.js';
import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import type { DarkMode } from './dark-mode.js';
import type { EditorSettingsSource } from './editor-settings.js';
import type { OpenFiles } from './open-files.js';
import type { SourceDocument } from './source-document.js';
import type { LineMark, ShownHeader, TextEditor } from './text-editor.js';
import { VimSwitch, type VimElements } from './vim-switch.js';

const markerOwner = 'clang';

export interface MonacoOptions {
  files: OpenFiles;
  dark: DarkMode;
  settings: EditorSettingsSource;
  vim: VimElements;
  language: LanguageService;
  /** A runtime header is shown instead of a file; undefined: no longer. */
  onHeader(header: ShownHeader | undefined): void;
  onCaret(line: number, column: number): void;
  /** The shortcut for it was pressed. */
  onFormat(): void;
}

interface Kept {
  model: monaco.editor.ITextModel;
  view: monaco.editor.ICodeEditorViewState | null;
  /** The decorations of its line marks. */
  marks: string[];
}

export class MonacoEditor implements TextEditor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #options: MonacoOptions;
  readonly #listeners: (() => void)[] = [];
  readonly #kept = new Map<SourceDocument, Kept>();
  #shown: SourceDocument;
  #diagnostics: Diagnostic[] = [];
  #marks: LineMark[] = [];

  constructor(parent: HTMLElement, options: MonacoOptions) {
    const { files, dark, settings, language } = options;
    this.#options = options;
    this.#shown = files.current;
    registerCpp();
    defineThemes();
    provideLanguage(language, {
      fileOf: (model) => this.#documentOf(model)?.name,
      modelOf: (name) => {
        const document = files.find(name);
        return document && this.#keep(document).model;
      },
      names: () => files.names,
      fixItsOf: (model, marker) => this.#fixItsOf(model, marker),
    });
    this.#editor = monaco.editor.create(parent, {
      model: this.#keep(this.#shown).model,
      theme: themeOf(dark),
      automaticLayout: true,
      fontFamily: getComputedStyle(parent).fontFamily,
      lineNumbersMinChars: 3,
      lineDecorationsWidth: 8,
      padding: { top: 8, bottom: 8 },
      scrollBeyondLastLine: false,
      // Shows the number of the last, empty line like the others.
      renderFinalNewline: 'on',
      renderLineHighlight: 'line',
      overviewRulerBorder: false,
      // The compiler provides completions; without it there are only the templates.
      wordBasedSuggestions: 'off',
      fixedOverflowWidgets: true,
      tabSize: 4,
      ariaLabel: 'C++ source. Control M, or Escape and then Tab, leaves the editor.',
    });
    this.#editor.onDidChangeCursorPosition(({ position }) => options.onCaret(position.lineNumber, position.column));
    options.onCaret(1, 1);
    this.#editor.onDidChangeModelContent(() => this.#changed());
    dark.addEventListener('change', () => monaco.editor.setTheme(themeOf(dark)));
    this.#editor.addAction({
      id: 'format',
      label: 'Format',
      keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
      contextMenuGroupId: '1_modification',
      precondition: '!editorReadonly',
      run: () => options.onFormat(),
    });
    new TabTrap(parent, this.#editor);
    const vim = new VimSwitch(this.#editor, options.vim);
    const useSettings = (): void => {
      const { wrap, minimap, vim: isVim } = settings.current;
      const { fontSize, lineHeight } = getComputedStyle(parent);
      this.#editor.updateOptions({
        fontSize: parseFloat(fontSize),
        lineHeight: parseFloat(lineHeight),
        wordWrap: wrap ? 'on' : 'off',
        minimap: { enabled: minimap },
      });
      vim.set(isVim);
    };
    useSettings();
    settings.onChange(useSettings);
    this.#follow();
  }

  get text(): string {
    return this.#shown.text;
  }

  show(document: SourceDocument): void {
    if (document === this.#shown && this.#editor.getModel() === this.#kept.get(document)?.model) return;
    const former = this.#kept.get(this.#shown);
    if (former !== undefined && this.#editor.getModel() === former.model) former.view = this.#editor.saveViewState();
    this.#shown = document;
    this.#showShown();
  }

  forget(documents: readonly SourceDocument[]): void {
    for (const document of documents) {
      const { text } = document;
      this.#kept.get(document)?.model.dispose();
      this.#kept.delete(document);
      document.keptBy(() => text);
    }
  }

  setText(text: string): void {
    this.#edit([{ range: this.#keep(this.#shown).model.getFullModelRange(), text }]);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    this.#diagnostics = diagnostics;
    for (const [document, { model }] of this.#kept) this.#mark(document, model);
  }

  showMarks(marks: LineMark[]): void {
    this.#marks = marks;
    for (const [document, kept] of this.#kept) this.#markLines(document, kept);
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.#edit(fixIts.map(({ range, replacement }) => ({ range: markerRange(range), text: replacement })));
  }

  goTo(range: SourceRange): void {
    this.#editor.setSelection(markerRange(range));
    this.#editor.revealLineInCenterIfOutsideViewport(range.startLine);
    this.focus();
  }

  select(start: number, end: number): void {
    const { model } = this.#keep(this.#shown);
    const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
    this.#editor.setSelection(monaco.Range.fromPositions(from, to));
    this.#editor.revealPosition(from);
  }

  async format(): Promise<void> {
    const { model } = this.#keep(this.#shown);
    const before = model.getValue();
    const part = changedPart(before, await this.#options.language.format(before));
    if (part === undefined || model.getValue() !== before) return;
    const caret = this.#editor.getPosition();
    const range = monaco.Range.fromPositions(model.getPositionAt(part.start), model.getPositionAt(part.end));
    this.#edit([{ range, text: part.text }]);
    if (caret !== null) this.#editor.setPosition(model.validatePosition(caret));
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Creates Monaco's model of the document, which then holds its text. */
  #keep(document: SourceDocument): Kept {
    const known = this.#kept.get(document);
    if (known !== undefined) return known;
    const model = monaco.editor.createModel(document.text, 'cpp');
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    const kept: Kept = { model, view: null, marks: [] };
    this.#kept.set(document, kept);
    document.keptBy(() => model.getValue());
    this.#mark(document, model);
    this.#markLines(document, kept);
    return kept;
  }

  #documentOf(model: monaco.editor.ITextModel): SourceDocument | undefined {
    for (const [document, kept] of this.#kept) if (kept.model === model) return document;
    return undefined;
  }

  #mark({ name }: SourceDocument, model: monaco.editor.ITextModel): void {
    monaco.editor.setModelMarkers(model, markerOwner, markersOf(this.#diagnostics, name));
  }

  #markLines({ name }: SourceDocument, kept: Kept): void {
    const { model } = kept;
    const lengthOf = (line: number): number | undefined => (line <= model.getLineCount() ? model.getLineMaxColumn(line) : undefined);
    kept.marks = model.deltaDecorations(kept.marks, decorationsOf(this.#marks, name, lengthOf));
  }

  /** Monaco passes only the part of a marker that it stores. */
  #fixItsOf(model: monaco.editor.ITextModel, { startLineNumber, startColumn, message }: monaco.editor.IMarkerData): FixIt[] {
    const name = this.#documentOf(model)?.name;
    const meant = this.#diagnostics.find(
      ({ file, range, message: text }) =>
        file === name && range.startLine === startLineNumber && range.startColumn === startColumn && message.startsWith(text),
    );
    return (meant?.fixIts ?? []).filter(({ file }) => file === name);
  }

  #edit(edits: monaco.editor.IIdentifiedSingleEditOperation[]): void {
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('playground', edits);
    this.#editor.pushUndoStop();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #showShown(): void {
    const { model, view } = this.#keep(this.#shown);
    this.#editor.setModel(model);
    this.#editor.updateOptions({ readOnly: false });
    this.#editor.restoreViewState(view);
  }

  /** Go to definition: shows a project file, or a runtime header read-only. */
  #follow(): void {
    const editor = this.#editor;
    monaco.editor.registerEditorOpener({
      openCodeEditor: (_source, resource, place) => {
        const model = monaco.editor.getModel(resource);
        if (model === null) return false;
        const document = this.#documentOf(model);
        if (document !== undefined) this.#options.files.show(document);
        else if (resource.scheme === headerScheme) this.#showHeader(model);
        else return false;
        const range = place === undefined ? undefined : 'startLineNumber' in place ? place : monaco.Range.fromPositions(place);
        if (range !== undefined) {
          editor.setSelection(range);
          editor.revealRangeNearTop(range);
        }
        editor.focus();
        return true;
      },
    });
    editor.addCommand(monaco.KeyCode.Escape, () => this.#leaveHeader(), 'editorReadonly');
  }

  #showHeader(header: monaco.editor.ITextModel): void {
    const kept = this.#keep(this.#shown);
    if (this.#editor.getModel() === kept.model) kept.view = this.#editor.saveViewState();
    this.#editor.setModel(header);
    this.#editor.updateOptions({ readOnly: true });
    this.#options.onHeader({ name: header.uri.path.slice(1), leave: () => this.#leaveHeader() });
  }

  #leaveHeader(): void {
    if (this.#editor.getModel()?.uri.scheme !== headerScheme) return;
    this.#showShown();
    this.#editor.focus();
    this.#options.onHeader(undefined);
  }
}

function themeOf(dark: DarkMode): string {
  return dark.matches ? 'playground-dark' : 'playground-light';
}
