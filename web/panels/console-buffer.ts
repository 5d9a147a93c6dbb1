import { AnsiParser, visibleText } from './ansi-parser.js';
import { plain, type AnsiStyle } from './ansi-style.js';
import { Line, type Voice } from './console-line.js';
import { formatBytes, formatCount } from './format.js';

export type { Voice };

export interface ConsoleLimits {
  headLines: number;
  headChars: number;
  tailLines: number;
  tailChars: number;
  lineChars: number;
}

export const defaultLimits: ConsoleLimits = {
  headLines: 2_000,
  headChars: 2_000_000,
  tailLines: 18_000,
  tailChars: 8_000_000,
  lineChars: 20_000,
};

/** A console's text, bounded: beyond the limits its head and tail are kept, and the middle is only counted. */
export class ConsoleBuffer {
  readonly head: Line[] = [];
  readonly #limits: ConsoleLimits;
  readonly #parsers = { stdout: this.#parserOf('stdout'), stderr: this.#parserOf('stderr') };
  #headWeight = 0;
  #headClosed = false;
  #tail: Line[] = [];
  /** Dropped lines not yet removed from the front of #tail, to make dropping cheap. */
  #tailSkipped = 0;
  #tailWeight = 0;
  #lineCount = 0;
  #open: Line | undefined;
  #at: number | undefined;
  #task: string | undefined;
  #droppedLines = 0;
  #droppedBytes = 0;

  constructor(limits: ConsoleLimits = defaultLimits) {
    this.#limits = limits;
  }

  get droppedLines(): number {
    return this.#droppedLines;
  }

  /** Total of the completely dropped lines. */
  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  /** Counts all lines, kept or dropped. */
  get lineCount(): number {
    return this.#lineCount;
  }

  get keptLines(): number {
    return this.head.length + this.#tailLength;
  }

  /** The number of the first kept line of the tail. */
  get tailStart(): number {
    return this.#lineCount - this.#tailLength;
  }

  /** The line of this number, if kept. */
  lineAt(number: number): Line | undefined {
    const inTail = number - this.tailStart;
    return this.head[number] ?? (inTail < 0 ? undefined : this.#tail[this.#tailSkipped + inTail]);
  }

  /** All kept lines, in order. */
  *lines(): Generator<Line> {
    yield* this.head;
    for (let number = this.tailStart; number < this.#lineCount; number += 1) {
      const line = this.lineAt(number);
      if (line !== undefined) yield line;
    }
  }

  /**
   * `at`: milliseconds since the program's start; `task`: the name of the task that wrote it. A program's text may
   * contain terminal escapes.
   */
  append(voice: Voice, text: string, at?: number, task?: string): void {
    this.#at = at;
    this.#task = task;
    if (voice === 'stdout' || voice === 'stderr') this.#parsers[voice].write(text);
    else this.#appendPlain(voice, visibleText(text.replaceAll('\r\n', '\n')));
  }

  /** Appends a separate line, wherever the program's cursor is. */
  appendLine(voice: Voice, text: string, at?: number): void {
    this.#open = undefined;
    this.append(voice, `${text}\n`, at);
  }

  /** Resets the styles for another program. */
  forgetStyles(): void {
    this.#parsers.stdout.reset();
    this.#parsers.stderr.reset();
  }

  clear(): void {
    this.head.length = 0;
    this.#headWeight = 0;
    this.#headClosed = false;
    this.#tail = [];
    this.#tailSkipped = 0;
    this.#tailWeight = 0;
    this.#lineCount = 0;
    this.#open = undefined;
    this.#droppedLines = 0;
    this.#droppedBytes = 0;
  }

  /** Describes what was dropped between head and tail; empty if nothing was. */
  gap(): string {
    if (this.#droppedLines === 0) return '';
    const lines = this.#droppedLines === 1 ? '1 line' : `${formatCount(this.#droppedLines)} lines`;
    return `${lines} (${formatBytes(this.#droppedBytes)}) dropped here: the console keeps the beginning and the end`;
  }

  /** All kept text. */
  text(): string {
    const lines: string[] = [];
    for (const line of this.lines()) {
      if (this.#droppedLines > 0 && line.number === this.tailStart) lines.push(`[${this.gap()}]`);
      lines.push(line.text());
    }
    return lines.join('\n');
  }

  get #tailLength(): number {
    return this.#tail.length - this.#tailSkipped;
  }

  #parserOf(voice: 'stdout' | 'stderr'): AnsiParser {
    return new AnsiParser({
      print: (text, style) => this.#print(voice, style, text),
      newline: () => this.#newline(),
      // On an empty line none of these has an effect.
      carriageReturn: () => this.#open?.carriageReturn(),
      backspace: () => this.#open?.backspace(),
      eraseLine: (part) => {
        if (this.#open !== undefined) this.#change(this.#open, (line) => line.erase(part, voice));
      },
    });
  }

  #appendPlain(voice: Voice, text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') this.#print(voice, plain, line);
      this.#newline();
    }
    if (last !== '') this.#print(voice, plain, last);
  }

  #print(voice: Voice, style: AnsiStyle, text: string): void {
    this.#open ??= this.#startLine();
    this.#change(this.#open, (line) => line.write({ voice, style, text }));
  }

  #newline(): void {
    this.#open ??= this.#startLine();
    this.#open = undefined;
  }

  #change(line: Line, change: (line: Line) => void): void {
    const before = line.weight;
    change(line);
    const grown = line.weight - before;
    if (line.number < this.head.length) this.#headWeight += grown;
    else this.#tailWeight += grown;
    this.#trim();
  }

  #startLine(): Line {
    const line = new Line(this.#lineCount, this.#at, this.#task, this.#limits.lineChars);
    this.#lineCount += 1;
    const { headLines, headChars } = this.#limits;
    this.#headClosed ||= this.head.length >= headLines || this.#headWeight >= headChars;
    if (this.#headClosed) this.#tail.push(line);
    else this.head.push(line);
    this.#trim();
    return line;
  }

  #trim(): void {
    const { tailLines, tailChars } = this.#limits;
    // The newest line is always kept, however long it is.
    while (this.#tailLength > 1 && (this.#tailLength > tailLines || this.#tailWeight > tailChars)) {
      const line = this.#tail[this.#tailSkipped];
      this.#tailSkipped += 1;
      this.#droppedLines += 1;
      if (line === undefined) continue;
      this.#tailWeight -= line.weight;
      this.#droppedBytes += line.bytes();
    }
    if (this.#tailSkipped > 1024 && this.#tailSkipped > this.#tail.length / 2) {
      this.#tail.splice(0, this.#tailSkipped);
      this.#tailSkipped = 0;
    }
  }
}
