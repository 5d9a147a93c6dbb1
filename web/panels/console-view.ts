import type { ConsoleBuffer } from './console-buffer.js';
import { everything, matches, type LineFilter } from './console-filter.js';
import { fillLine, labelLine } from './console-line-view.js';
import type { Line } from './console-line.js';
import { LineList } from './line-list.js';

/** Milliseconds per frame for new lines. In a flood, lines dropped before they were shown are skipped. */
const budgetMs = 6;
/** Redrawing a line longer than this is slow, so it is not done in every frame. */
const longLine = 4_000;
const longLineMs = 150;

/** Shows the lines of a ConsoleBuffer that match a filter. They are added per animation frame, within a time budget. */
export class ConsoleView {
  readonly #buffer: ConsoleBuffer;
  readonly #canOpen: (file: string) => boolean;
  readonly #onDrawn: () => void;
  readonly #taskLabel: (name: string) => string;
  readonly #root: HTMLElement;
  readonly #head = new LineList();
  readonly #gap = document.createElement('div');
  readonly #tail = new LineList();
  /** The last line processed, which may still grow; with its element if it matches. */
  #last: { line: Line; revision: number; element: HTMLElement | undefined } | undefined;
  /** The next line to process. */
  #next = 0;
  #filter = everything;
  #frame: number | undefined;
  #longDrawnAt = -Infinity;

  /** `onDrawn` is called after each change of what is shown; `taskLabel` gives what a task of this name is called. */
  constructor(
    root: HTMLElement,
    buffer: ConsoleBuffer,
    canOpen: (file: string) => boolean,
    onDrawn: () => void,
    taskLabel = (name: string): string => name,
  ) {
    this.#root = root;
    this.#taskLabel = taskLabel;
    this.#buffer = buffer;
    this.#canOpen = canOpen;
    this.#onDrawn = onDrawn;
    this.#gap.className = 'console-gap';
    this.#gap.hidden = true;
    root.replaceChildren(this.#head.element, this.#gap, this.#tail.element);
  }

  /** Lines shown so far. */
  get shown(): number {
    return this.#head.count + this.#tail.count;
  }

  set filter(filter: LineFilter) {
    this.#filter = filter;
    this.drawAnew();
  }

  /** Call after each change of the buffer. */
  changed(): void {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
      this.#onDrawn();
    });
  }

  /** Call when tasks are called otherwise than before. */
  labelAnew(): void {
    for (const line of this.#root.querySelectorAll<HTMLElement>('[data-task]')) {
      labelLine(line, this.#taskLabel(line.dataset['task'] ?? ''));
    }
  }

  /** Call when the buffer was cleared. */
  drawAnew(): void {
    this.#head.clear();
    this.#tail.clear();
    this.#last = undefined;
    this.#next = 0;
    this.changed();
  }

  #draw(): void {
    this.#redrawLast();
    const { tailStart } = this.#buffer;
    this.#tail.dropBefore(tailStart);
    this.#drawNew();
    const gap = this.#buffer.gap();
    this.#gap.hidden = gap === '';
    this.#gap.textContent = gap;
    if (this.#next < this.#buffer.lineCount) this.changed();
  }

  #redrawLast(): void {
    const last = this.#last;
    if (last === undefined || last.line.revision === last.revision) return;
    if (last.line.weight > longLine) {
      const now = performance.now();
      // Later lines are drawn only after it.
      if (now - this.#longDrawnAt < longLineMs && last.line.number === this.#buffer.lineCount - 1) {
        this.changed();
        return;
      }
      this.#longDrawnAt = now;
    }
    last.revision = last.line.revision;
    // It has already been dropped.
    if (this.#buffer.lineAt(last.line.number) !== last.line) return;
    if (!matches(last.line, this.#filter)) {
      if (last.element !== undefined) this.#listOf(last.line).removeLast();
      last.element = undefined;
    } else if (last.element === undefined) {
      last.element = this.#add(last.line);
    } else {
      fillLine(last.element, last.line, this.#canOpen, this.#taskLabel);
    }
  }

  #drawNew(): void {
    const end = performance.now() + budgetMs;
    let line = this.#nextLine();
    while (line !== undefined) {
      this.#next = line.number + 1;
      this.#last = { line, revision: line.revision, element: matches(line, this.#filter) ? this.#add(line) : undefined };
      // Reading the clock costs as much as some lines.
      line = line.number % 16 === 0 && performance.now() > end ? undefined : this.#nextLine();
    }
  }

  #nextLine(): Line | undefined {
    if (this.#next >= this.#buffer.head.length) this.#next = Math.max(this.#next, this.#buffer.tailStart);
    return this.#buffer.lineAt(this.#next);
  }

  #add(line: Line): HTMLElement {
    const element = document.createElement('div');
    element.className = 'console-line';
    fillLine(element, line, this.#canOpen, this.#taskLabel);
    this.#listOf(line).add(line.number, element);
    return element;
  }

  #listOf(line: Line): LineList {
    return line.number < this.#buffer.head.length ? this.#head : this.#tail;
  }
}
