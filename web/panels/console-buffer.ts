import type { Stream } from '../protocol/program.js';

/** Who speaks: the program on its two streams, who types its input, or the page about the run. */
export type Voice = Stream | 'input' | 'info' | 'success' | 'failure';

export interface Segment {
  voice: Voice;
  text: string;
}

export interface Line {
  /** Counts from 0 through everything ever appended, kept or dropped. */
  number: number;
  segments: Segment[];
  /** Characters of this line that are kept, and those that are not. */
  keptChars: number;
  droppedChars: number;
  /** Changes whenever the line does, so that a view knows when to draw it again. */
  revision: number;
}

export interface ConsoleLimits {
  headLines: number;
  headChars: number;
  tailLines: number;
  tailChars: number;
  lineChars: number;
}

export const defaultLimits: ConsoleLimits = {
  headLines: 1_000,
  headChars: 1_000_000,
  tailLines: 9_000,
  tailChars: 4_000_000,
  lineChars: 20_000,
};

/** A console's text, bounded: past the limits its head and its tail are kept and the middle is counted. */
export class ConsoleBuffer {
  readonly head: Line[] = [];
  #headChars = 0;
  #headClosed = false;
  #tail: Line[] = [];
  /** Lines at the front of #tail that are dropped but not yet cut off, to make dropping cheap. */
  #tailSkipped = 0;
  #tailChars = 0;
  #lineCount = 0;
  #open: Line | undefined;
  #droppedLines = 0;
  readonly #limits: ConsoleLimits;

  constructor(limits: ConsoleLimits = defaultLimits) {
    this.#limits = limits;
  }

  get droppedLines(): number {
    return this.#droppedLines;
  }

  get lineCount(): number {
    return this.#lineCount;
  }

  /** The number of the first line of the tail that is kept. */
  get tailStart(): number {
    return this.#lineCount - this.#tailLength;
  }

  /** At most `limit` lines of the tail, from line number `from` on. */
  tailFrom(from: number, limit = Infinity): Line[] {
    const start = this.#tailSkipped + Math.max(0, from - this.tailStart);
    return this.#tail.slice(start, limit === Infinity ? undefined : start + limit);
  }

  append(voice: Voice, text: string): void {
    let from = 0;
    while (from < text.length) {
      const newline = text.indexOf('\n', from);
      if (newline < 0) {
        this.#extend(voice, text.slice(from));
        return;
      }
      const carriageReturn = newline > from && text.charCodeAt(newline - 1) === 13;
      this.#extend(voice, text.slice(from, carriageReturn ? newline - 1 : newline));
      this.#open = undefined;
      from = newline + 1;
    }
  }

  /** A whole line of its own, wherever the program's cursor stands. */
  appendLine(voice: Voice, text: string): void {
    this.#open = undefined;
    this.append(voice, `${text}\n`);
  }

  clear(): void {
    this.head.length = 0;
    this.#headChars = 0;
    this.#headClosed = false;
    this.#tail = [];
    this.#tailSkipped = 0;
    this.#tailChars = 0;
    this.#lineCount = 0;
    this.#open = undefined;
    this.#droppedLines = 0;
  }

  /** Everything kept, as text. */
  text(): string {
    const lines = this.head.map(lineText);
    if (this.#droppedLines > 0) lines.push(`[${this.#droppedLines} lines dropped]`);
    lines.push(...this.tailFrom(0).map(lineText));
    return lines.join('\n');
  }

  get #tailLength(): number {
    return this.#tail.length - this.#tailSkipped;
  }

  #extend(voice: Voice, text: string): void {
    const line = (this.#open ??= this.#startLine());
    const kept = text.slice(0, Math.max(0, this.#limits.lineChars - line.keptChars));
    line.droppedChars += text.length - kept.length;
    line.keptChars += kept.length;
    line.revision += 1;
    if (line.number < this.head.length) this.#headChars += kept.length;
    else this.#tailChars += kept.length;
    if (kept !== '') {
      const last = line.segments.at(-1);
      if (last?.voice === voice) last.text += kept;
      else line.segments.push({ voice, text: kept });
    }
    this.#trim();
  }

  #startLine(): Line {
    const line: Line = {
      number: this.#lineCount,
      segments: [],
      keptChars: 0,
      droppedChars: 0,
      revision: 0,
    };
    this.#lineCount += 1;
    const { headLines, headChars } = this.#limits;
    this.#headClosed ||= this.head.length >= headLines || this.#headChars >= headChars;
    if (this.#headClosed) this.#tail.push(line);
    else this.head.push(line);
    return line;
  }

  #trim(): void {
    const { tailLines, tailChars } = this.#limits;
    // The newest line stays, however long it is.
    while (this.#tailLength > 1 && (this.#tailLength > tailLines || this.#tailChars > tailChars)) {
      this.#tailChars -= this.#tail[this.#tailSkipped]?.keptChars ?? 0;
      this.#tailSkipped += 1;
      this.#droppedLines += 1;
    }
    if (this.#tailSkipped > 1024 && this.#tailSkipped > this.#tail.length / 2) {
      this.#tail.splice(0, this.#tailSkipped);
      this.#tailSkipped = 0;
    }
  }
}

function lineText(line: Line): string {
  const text = line.segments.map((segment) => segment.text).join('');
  return line.droppedChars > 0 ? `${text}[${line.droppedChars} characters dropped]` : text;
}
