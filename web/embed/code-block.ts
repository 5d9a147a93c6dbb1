import { indentAfter } from '../editor/line-indent.js';
import type { Severity } from '../protocol/diagnostic.js';
import { make } from './dom.js';
import { highlightLines } from '../editor/highlight.js';
import { lineCount } from '../engine/prepared/snippet-text.js';

/** Above this length, highlighting takes longer than a keystroke may. */
const MOST_COLOURED_CHARS = 60_000;

export interface BlockLooks {
  /** The number of its first line. */
  first: number;
  numbers: boolean;
  editable: boolean;
  highlighted: ReadonlySet<number>;
  marks: ReadonlyMap<number, Severity>;
}

/**
 * One block of the program: its highlighted text and, if editable, a transparent text field exactly above it, which
 * provides the browser's native selection, undo and keyboard handling.
 */
export class CodeBlock {
  readonly element: HTMLElement;
  readonly field: HTMLTextAreaElement | undefined;
  readonly #gutter = make('div', { className: 'gutter', ariaHidden: 'true' });
  readonly #layer = make('pre', { className: 'layer' });
  readonly #onEdit: () => void;
  #text: string;
  #looks: BlockLooks;
  #coloured = false;

  constructor(text: string, looks: BlockLooks, onEdit: () => void) {
    this.#text = text;
    this.#looks = looks;
    this.#onEdit = onEdit;
    const area = make('div', { className: 'area' }, this.#layer);
    if (looks.editable) {
      this.field = this.#createField();
      this.#layer.ariaHidden = 'true';
      area.append(this.field);
    }
    this.element = make('div', { className: 'block' }, this.#gutter, area);
    this.#draw();
  }

  get text(): string {
    return this.#text;
  }

  set looks(looks: BlockLooks) {
    this.#looks = looks;
    this.#draw();
  }

  /** Highlighted while visible; otherwise plain. */
  set coloured(coloured: boolean) {
    if (coloured === this.#coloured) return;
    this.#coloured = coloured;
    this.#draw();
  }

  /** Lines count from 0 in the block, columns from 1. */
  select(line: number, column: number): void {
    const { field } = this;
    const target = this.#layer.children[line] ?? this.element;
    if (field === undefined) {
      target.scrollIntoView({ block: 'nearest' });
      return;
    }
    const lines = this.#text.split('\n');
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    const at = start + Math.min(Math.max(0, column - 1), lines[line]?.length ?? 0);
    field.focus({ preventScroll: true });
    field.setSelectionRange(at, at);
    target.scrollIntoView({ block: 'nearest' });
  }

  #createField(): HTMLTextAreaElement {
    const field = make('textarea', {
      part: 'editor',
      value: this.#text,
      spellcheck: false,
      autocapitalize: 'off',
      autocomplete: 'off',
      wrap: 'off',
      rows: 1,
    });
    field.setAttribute('autocorrect', 'off');
    field.addEventListener('input', () => {
      this.#text = field.value;
      this.#draw();
      this.#onEdit();
    });
    field.addEventListener('beforeinput', (event) => {
      if (event.inputType !== 'insertLineBreak') return;
      const indent = indentAfter(field.value, field.selectionStart);
      if (indent === '') return;
      event.preventDefault();
      document.execCommand('insertText', false, `\n${indent}`);
    });
    return field;
  }

  #draw(): void {
    const { first, numbers, highlighted, marks } = this.#looks;
    const count = lineCount(this.#text);
    this.#gutter.hidden = !numbers;
    if (numbers) this.#gutter.textContent = Array.from({ length: count }, (_, at) => String(first + at)).join('\n');
    if (this.field !== undefined) {
      const last = first + count - 1;
      this.field.ariaLabel = first === last ? `C++ code, line ${first}` : `C++ code, lines ${first} to ${last}`;
    }
    if (this.#coloured && this.#text.length <= MOST_COLOURED_CHARS) this.#layer.replaceChildren(...this.#lines(first, highlighted, marks));
    else this.#layer.textContent = `${this.#text}\n`;
  }

  #lines(first: number, highlighted: ReadonlySet<number>, marks: ReadonlyMap<number, Severity>): HTMLElement[] {
    return highlightLines(this.#text).map((tokens, at) => {
      const number = first + at;
      const line = make('span', { className: 'line' });
      if (highlighted.has(number)) line.classList.add('highlighted');
      const mark = marks.get(number);
      if (mark !== undefined) line.classList.add(`has-${mark}`);
      for (const { kind, text } of tokens) line.append(kind === 'plain' ? text : make('span', { className: kind, textContent: text }));
      // Keeps line breaks when the text is copied.
      line.append('\n');
      return line;
    });
  }
}
