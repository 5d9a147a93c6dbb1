import type { Diagnostic, FixIt, SourceRange } from '../protocol/diagnostic.js';
import type { TextEditor } from './text-editor.js';
import { offsetsOf, withFixIts } from './text-range.js';

/** A text area: readable, editable and runnable at once, while Monaco is on its way or cannot come. */
export class PlainEditor implements TextEditor {
  readonly element: HTMLTextAreaElement;
  readonly #listeners: (() => void)[] = [];

  constructor(element: HTMLTextAreaElement) {
    this.element = element;
    element.addEventListener('input', () => this.#changed());
  }

  get text(): string {
    return this.element.value;
  }

  setText(text: string): void {
    this.element.value = text;
    this.#changed();
  }

  open(text: string): void {
    this.element.value = text;
    this.element.setSelectionRange(0, 0);
    this.element.scrollTop = 0;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  showDiagnostics(diagnostics: Diagnostic[]): void {
    const wrong = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    this.element.setAttribute('aria-invalid', String(wrong));
  }

  applyFixIts(fixIts: FixIt[]): void {
    this.setText(withFixIts(this.text, fixIts));
  }

  goTo(range: SourceRange): void {
    const [start, end] = offsetsOf(this.text, range);
    this.element.focus();
    this.element.setSelectionRange(start, end);
    const lineHeight = parseFloat(getComputedStyle(this.element).lineHeight);
    this.element.scrollTop = Math.max(0, (range.startLine - 4) * lineHeight);
  }

  focus(): void {
    this.element.focus();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
