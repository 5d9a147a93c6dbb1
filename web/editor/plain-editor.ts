import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import { ColourLayer } from './colour-layer.js';
import { indentAfter } from './line-indent.js';
import type { SourceDocument } from './source-document.js';
import type { TextEditor } from './text-editor.js';
import { offsetsOf, withFixIts } from './text-range.js';

interface View {
  start: number;
  end: number;
  scrollTop: number;
}

/** Above this the browser's own undo is too slow for another edit. */
const MAX_UNDONE_LENGTH = 300_000;

/** A text area: usable immediately, while Monaco is loading, unavailable or unsuitable. */
export class PlainEditor implements TextEditor {
  readonly element: HTMLTextAreaElement;
  readonly #format: (text: string) => Promise<string>;
  readonly #views = new WeakMap<SourceDocument, View>();
  readonly #listeners: (() => void)[] = [];
  #document: SourceDocument | undefined;
  #diagnostics: Diagnostic[] = [];
  #colours: ColourLayer | undefined;

  constructor(element: HTMLTextAreaElement, format: (text: string) => Promise<string>) {
    this.element = element;
    this.#format = format;
    element.addEventListener('input', () => this.#changed());
    element.addEventListener('beforeinput', (event) => this.#indent(event));
  }

  get text(): string {
    return this.element.value;
  }

  /** `sheet` is the element around the text area. */
  colour(sheet: HTMLElement): void {
    const { scrollTop } = this.element;
    this.#colours = new ColourLayer(this.element, sheet);
    this.#scroller.scrollTop = scrollTop;
  }

  show(document: SourceDocument): void {
    if (document === this.#document) return this.#mark();
    const { element } = this;
    this.#leave();
    const view = this.#views.get(document) ?? { start: 0, end: 0, scrollTop: 0 };
    element.value = document.text;
    this.#colours?.draw(document.text);
    document.keptBy(() => element.value);
    this.#document = document;
    element.setSelectionRange(view.start, view.end);
    this.#scroller.scrollTop = view.scrollTop;
    this.#mark();
  }

  forget(documents: readonly SourceDocument[]): void {
    for (const document of documents) this.#views.delete(document);
  }

  setText(text: string): void {
    const { element } = this;
    // Text set in another way cannot be undone by the browser's Undo.
    const typed = text.length <= MAX_UNDONE_LENGTH && element.value.length <= MAX_UNDONE_LENGTH && this.#type(text);
    if (typed) return;
    element.value = text;
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    this.#diagnostics = diagnostics;
    this.#mark();
  }

  /** A text area has no way to mark a line. */
  showMarks(): void {
    return;
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.setText(withFixIts(this.text, fixIts));
  }

  goTo(range: SourceRange): void {
    const [start, end] = offsetsOf(this.text, range);
    this.element.focus();
    this.element.setSelectionRange(start, end);
    const lineHeight = parseFloat(getComputedStyle(this.element).lineHeight);
    this.#scroller.scrollTop = Math.max(0, (range.startLine - 4) * lineHeight);
    this.#scroller.scrollLeft = 0;
  }

  async format(): Promise<void> {
    const { element, text } = this;
    const formatted = await this.#format(text);
    if (formatted === text || element.value !== text) return;
    const { selectionStart } = element;
    const { scrollTop } = this.#scroller;
    this.setText(formatted);
    element.setSelectionRange(selectionStart, selectionStart);
    this.#scroller.scrollTop = scrollTop;
  }

  focus(): void {
    this.element.focus();
  }

  get #scroller(): HTMLElement {
    return this.#colours?.sheet.classList.contains('coloured') === true ? this.#colours.sheet : this.element;
  }

  /** Saves the text of the document that was shown. */
  #leave(): void {
    if (this.#document === undefined) return;
    const { value, selectionStart, selectionEnd } = this.element;
    this.#views.set(this.#document, { start: selectionStart, end: selectionEnd, scrollTop: this.#scroller.scrollTop });
    this.#document.keptBy(() => value);
  }

  #type(text: string): boolean {
    const { element } = this;
    if (element.hidden) return false;
    const focused = element.ownerDocument.activeElement;
    element.focus();
    // Out of sight it gets no focus, and the command would change another field.
    if (element.ownerDocument.activeElement !== element) return false;
    element.select();
    const typed = element.ownerDocument.execCommand(text === '' ? 'delete' : 'insertText', false, text) && element.value === text;
    if (focused instanceof HTMLElement && focused !== element) focused.focus({ preventScroll: true });
    return typed;
  }

  #indent(event: InputEvent): void {
    const { value, selectionStart } = this.element;
    if (event.inputType !== 'insertLineBreak' || value.length > MAX_UNDONE_LENGTH) return;
    const indent = indentAfter(value, selectionStart);
    if (indent === '') return;
    event.preventDefault();
    this.element.ownerDocument.execCommand('insertText', false, `\n${indent}`);
  }

  #mark(): void {
    const here = this.#diagnostics.filter(({ file }) => file === this.#document?.name);
    const linesOf = (wanted: 'error' | 'warning') =>
      here.flatMap(({ severity, range }): [number, typeof wanted][] => (severity === wanted ? [[range.startLine, wanted]] : []));
    const errors = linesOf('error');
    this.element.setAttribute('aria-invalid', String(errors.length > 0));
    // For a line with both, the error is shown: the later entry wins.
    this.#colours?.mark(new Map([...linesOf('warning'), ...errors]));
  }

  #changed(): void {
    this.#colours?.draw(this.element.value);
    for (const listener of this.#listeners) listener();
  }
}
