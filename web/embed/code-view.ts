import type { Diagnostic, Severity } from '../protocol/diagnostic.js';
import { CodeBlock, type BlockLooks } from './code-block.js';
import { make } from './dom.js';
import { firstLines, lineCount, placeOf, textOf, type Block } from '../engine/prepared/snippet-text.js';

export interface CodeLooks {
  numbers: boolean;
  readOnly: boolean;
  highlighted: ReadonlySet<number>;
}

/** The program as blocks: hidden ones can be unfolded, editable ones edited. */
export class CodeView {
  readonly element = make('div', { className: 'code', part: 'code', role: 'group', ariaLabel: 'C++ program' });
  readonly #onEdit: () => void;
  #blocks: Block[] = [];
  #views: CodeBlock[] = [];
  #unfolded = new Set<number>();
  #looks: CodeLooks;
  #marks = new Map<number, Severity>();
  #coloured = false;

  constructor(blocks: readonly Block[], looks: CodeLooks, onEdit: () => void) {
    this.#looks = looks;
    this.#onEdit = onEdit;
    this.show(blocks);
  }

  /** The current blocks, including edits. */
  get blocks(): Block[] {
    return this.#blocks.map((block, at) => ({ ...block, text: this.#views[at]?.text ?? block.text }));
  }

  get text(): string {
    return textOf(this.blocks);
  }

  set looks(looks: CodeLooks) {
    if (looks.numbers === this.#looks.numbers && looks.readOnly === this.#looks.readOnly && looks.highlighted === this.#looks.highlighted) return;
    this.#looks = looks;
    this.show(this.blocks);
  }

  set coloured(coloured: boolean) {
    this.#coloured = coloured;
    for (const view of this.#views) view.coloured = coloured;
  }

  show(blocks: readonly Block[]): void {
    if (blocks.length !== this.#blocks.length) this.#unfolded.clear();
    this.#blocks = [...blocks];
    this.#marks.clear();
    const looks = this.#blockLooks(blocks);
    this.#views = blocks.map(({ text }, at) => {
      const view = new CodeBlock(text, looks[at] ?? this.#looksOf(0, false), () => this.#edited());
      view.coloured = this.#coloured;
      return view;
    });
    this.element.replaceChildren(...this.#blocks.flatMap((block, at) => this.#elementsOf(block, at)));
    // A scrollable element must be scrollable by keyboard.
    if (this.#views.every(({ field }) => field === undefined)) this.element.tabIndex = 0;
    else this.element.removeAttribute('tabindex');
  }

  showDiagnostics(diagnostics: readonly Diagnostic[]): void {
    this.#marks = new Map(
      // For a line with both, the error is shown: the later entry wins.
      diagnostics
        .filter(({ file, severity }) => file === 'main.cpp' && (severity === 'error' || severity === 'warning'))
        .map(({ range, severity }): [number, Severity] => [range.startLine, severity])
        .sort(([, one], [, other]) => (one === other ? 0 : one === 'warning' ? -1 : 1)),
    );
    const blocks = this.blocks;
    this.#views.forEach((view, at) => {
      const wrong = diagnostics.some(({ file, severity, range }) => file === 'main.cpp' && severity === 'error' && placeOf(blocks, range.startLine).block === at);
      view.field?.setAttribute('aria-invalid', String(wrong));
    });
    this.#drawLooks();
  }

  isHidden(line: number): boolean {
    const { block } = placeOf(this.blocks, line);
    return this.#blocks[block]?.hidden === true && !this.#unfolded.has(block);
  }

  /** Moves to a line of the program, unfolding it if hidden. */
  goTo(line: number, column: number): void {
    const place = placeOf(this.blocks, line);
    const fold = this.element.querySelector<HTMLButtonElement>(`.fold[data-block="${place.block}"]`);
    if (this.isHidden(line)) fold?.click();
    this.#views[place.block]?.select(place.line, column);
  }

  get hasFocus(): boolean {
    return this.element.matches(':focus-within');
  }

  #elementsOf(block: Block, at: number): HTMLElement[] {
    const element = this.#views[at]?.element;
    if (element === undefined) return [];
    if (!block.hidden) return [element];
    const lines = lineCount(block.text);
    const named = lines === 1 ? '1 hidden line' : `${lines} hidden lines`;
    const fold = make('button', { className: 'fold', part: 'fold', type: 'button' });
    fold.dataset['block'] = String(at);
    const draw = (): void => {
      const open = this.#unfolded.has(at);
      element.hidden = !open;
      fold.ariaExpanded = String(open);
      fold.textContent = named;
    };
    fold.addEventListener('click', () => {
      if (!this.#unfolded.delete(at)) this.#unfolded.add(at);
      draw();
    });
    draw();
    return [fold, element];
  }

  #edited(): void {
    this.#marks.clear();
    this.#drawLooks();
    this.#onEdit();
  }

  #drawLooks(): void {
    const looks = this.#blockLooks(this.blocks);
    this.#views.forEach((view, at) => {
      const own = looks[at];
      if (own !== undefined) view.looks = own;
    });
  }

  #blockLooks(blocks: readonly Block[]): BlockLooks[] {
    const firsts = firstLines(blocks);
    return blocks.map(({ readOnly }, at) => this.#looksOf(firsts[at] ?? 1, !readOnly && !this.#looks.readOnly));
  }

  #looksOf(first: number, editable: boolean): BlockLooks {
    return { first, editable, numbers: this.#looks.numbers, highlighted: this.#looks.highlighted, marks: this.#marks };
  }
}
