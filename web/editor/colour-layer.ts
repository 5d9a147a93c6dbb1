import { highlightLines, type ColouredToken } from './highlight.js';

/** Above this length, highlighting takes longer than a keystroke may. */
const mostColoured = 60_000;

/** The coloured text and the line numbers under a text area whose own letters are transparent. */
export class ColourLayer {
  /** Contains the text area, and scrolls it together with the colours. */
  readonly sheet: HTMLElement;
  readonly #numbers = layer('editor-numbers');
  readonly #text = layer('editor-layer');
  #drawn: string[] = [];

  constructor(area: HTMLTextAreaElement, sheet: HTMLElement) {
    this.sheet = sheet;
    sheet.prepend(this.#numbers, this.#text);
    this.draw(area.value);
  }

  draw(text: string): void {
    const coloured = text.length <= mostColoured;
    this.sheet.classList.toggle('coloured', coloured);
    this.#drawLines(coloured ? highlightLines(text) : []);
  }

  /** Underlines lines, counted from 1, until their text changes. */
  mark(severities: ReadonlyMap<number, 'error' | 'warning'>): void {
    [...this.#text.children].forEach((line, at) => {
      line.className = severities.has(at + 1) ? `has-${severities.get(at + 1)}` : '';
    });
  }

  /** Replaces the lines that changed. */
  #drawLines(lines: readonly ColouredToken[][]): void {
    const now = lines.map((tokens) => tokens.map(({ kind, text }) => `${kind} ${text}`).join('\n'));
    const before = this.#drawn;
    const shorter = Math.min(now.length, before.length);
    let first = 0;
    while (first < shorter && now[first] === before[first]) first += 1;
    let same = 0;
    while (same < shorter - first && now.at(-1 - same) === before.at(-1 - same)) same += 1;
    for (const line of [...this.#text.children].slice(first, before.length - same)) line.remove();
    const made = lines.slice(first, now.length - same).map(lineOf);
    const next = this.#text.children[first];
    if (next === undefined) this.#text.append(...made);
    else next.before(...made);
    this.#drawn = now;
    if (now.length !== before.length) this.#numbers.textContent = now.map((_line, at) => at + 1).join('\n');
  }
}

function layer(className: string): HTMLElement {
  const element = document.createElement('pre');
  element.className = className;
  element.ariaHidden = 'true';
  return element;
}

function lineOf(tokens: readonly ColouredToken[]): HTMLElement {
  const line = document.createElement('div');
  line.append(
    ...tokens.map(({ kind, text }) => {
      if (kind === 'plain') return text;
      const piece = document.createElement('span');
      piece.className = `code-${kind}`;
      piece.textContent = text;
      return piece;
    }),
  );
  return line;
}
