import type { ConsoleBuffer, Line } from './console-buffer.js';
import { formatCount } from './format.js';

/** Lines drawn in one frame at most: a flood skips what was dropped before it could be seen. */
const linesPerFrame = 2_000;
const linesPerChunk = 200;

/**
 * Shows a ConsoleBuffer. Lines are added by animation frame, in chunks that the browser lays out
 * only where they can be seen (content-visibility, in the style sheet).
 */
export class ConsoleView {
  readonly #root: HTMLElement;
  readonly #buffer: ConsoleBuffer;
  readonly #head = document.createElement('div');
  readonly #gap = document.createElement('div');
  readonly #tail = document.createElement('div');
  /** The last line drawn: it may still grow. */
  #last: { number: number; element: HTMLElement; revision: number } | undefined;
  #headDrawn = 0;
  /** Numbers of the tail's lines that are in the document: from inclusive, to exclusive. */
  #tailFrom = 0;
  #tailTo = 0;
  #frame: number | undefined;

  constructor(root: HTMLElement, buffer: ConsoleBuffer) {
    this.#root = root;
    this.#buffer = buffer;
    this.#gap.className = 'console-gap';
    this.#gap.hidden = true;
    root.replaceChildren(this.#head, this.#gap, this.#tail);
  }

  /** Call after each change of the buffer. */
  changed(): void {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  cleared(): void {
    this.#head.replaceChildren();
    this.#tail.replaceChildren();
    this.#last = undefined;
    this.#headDrawn = 0;
    this.#tailFrom = 0;
    this.#tailTo = 0;
    this.#root.scrollTop = 0;
    this.changed();
  }

  #draw(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#root;
    const atEnd = scrollHeight - scrollTop - clientHeight < 24;
    let budget = linesPerFrame;
    this.#redrawLast();
    budget -= this.#drawHead(budget);
    this.#dropTail();
    const behind = budget <= 0 || this.#drawTail(budget);
    const { droppedLines } = this.#buffer;
    this.#gap.hidden = droppedLines === 0;
    if (droppedLines > 0) {
      this.#gap.textContent = `${formatCount(droppedLines)} lines were dropped here: the console keeps the beginning and the end`;
    }
    if (atEnd) this.#root.scrollTop = this.#root.scrollHeight;
    if (behind) this.changed();
  }

  #redrawLast(): void {
    if (this.#last === undefined) return;
    const line = this.#lineAt(this.#last.number);
    if (line === undefined || line.revision === this.#last.revision) return;
    fill(this.#last.element, line);
    this.#last.revision = line.revision;
  }

  #lineAt(number: number): Line | undefined {
    return this.#buffer.head[number] ?? this.#buffer.tailFrom(number, 1).find((line) => line.number === number);
  }

  #drawHead(budget: number): number {
    const lines = this.#buffer.head.slice(this.#headDrawn, this.#headDrawn + budget);
    this.#add(this.#head, lines);
    this.#headDrawn += lines.length;
    this.#rememberLast(lines);
    return lines.length;
  }

  #dropTail(): void {
    const start = this.#buffer.tailStart;
    if (start >= this.#tailTo) {
      this.#tail.replaceChildren();
      this.#tailFrom = start;
      this.#tailTo = start;
      return;
    }
    while (this.#tailFrom < start) {
      const chunk = this.#tail.firstElementChild;
      if (chunk === null) break;
      if (chunk.childElementCount <= start - this.#tailFrom) {
        this.#tailFrom += chunk.childElementCount;
        chunk.remove();
      } else {
        chunk.firstElementChild?.remove();
        this.#tailFrom += 1;
      }
    }
  }

  /** True if there is more to draw. */
  #drawTail(budget: number): boolean {
    const lines = this.#buffer.tailFrom(this.#tailTo, budget);
    this.#add(this.#tail, lines);
    this.#tailTo += lines.length;
    this.#rememberLast(lines);
    return this.#tailTo < this.#buffer.lineCount;
  }

  #rememberLast(lines: Line[]): void {
    const line = lines.at(-1);
    if (line === undefined) return;
    const container = line.number < this.#buffer.head.length ? this.#head : this.#tail;
    const element = container.lastElementChild?.lastElementChild;
    if (element instanceof HTMLElement) {
      this.#last = { number: line.number, element, revision: line.revision };
    }
  }

  #add(container: HTMLElement, lines: Line[]): void {
    let chunk = container.lastElementChild;
    for (const line of lines) {
      if (chunk === null || chunk.childElementCount >= linesPerChunk) {
        chunk = document.createElement('div');
        chunk.className = 'console-chunk';
        container.append(chunk);
      }
      const element = document.createElement('div');
      element.className = 'console-line';
      fill(element, line);
      chunk.append(element);
    }
  }
}

function fill(element: HTMLElement, line: Line): void {
  const parts = line.segments.map(({ voice, text }) => span(voice, text));
  if (line.droppedChars > 0) {
    parts.push(span('info', ` … ${formatCount(line.droppedChars)} more characters of this line were dropped`));
  }
  // An empty line has a height of its own.
  element.replaceChildren(...(parts.length > 0 ? parts : [document.createElement('br')]));
}

function span(voice: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = `voice-${voice}`;
  element.textContent = text;
  return element;
}
