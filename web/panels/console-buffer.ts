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

/** A console's text, bounded: past the limits its head and its tail are kept and the middle is counted. */
export class ConsoleBuffer {
  readonly head: Line[] = [];
  readonly #limits: ConsoleLimits;
  readonly #parsers = { stdout: this.#parserOf('stdout'), stderr: this.#parserOf('stderr') };
  #headWeight = 0;
  #headClosed = false;
  #tail: Line[] = [];
  /** Lines at the front of #tail that are dropped but not yet cut off, to make dropping cheap. */
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

  /** Of the lines that were dropped whole. */
  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  /** Of all lines, kept or dropped. */
  get lineCount(): number {
    return this.#lineCount;
  }

  get keptLines(): number {
    return this.head.length + this.#tailLength;
  }

  /** The number of the first line of the tail that is kept. */
  get tailStart(): number {
    return this.#lineCount - this.#tailLength;
  }

  /** A line that is kept. */
  lineAt(number: number): Line | undefined {
    const inTail = number - this.tailStart;
    return this.head[number] ?? (inTail < 0 ? undefined : this.#tail[this.#tailSkipped + inTail]);
  }

  /** All lines that are kept, in order. */
  *lines(): Generator<Line> {
    yield* this.head;
    for (let number = this.tailStart; number < this.#lineCount; number += 1) {
      const line = this.lineAt(number);
      if (line !== undefined) yield line;
    }
  }

  /**
   * `at`: milliseconds since the program's start; `task`: the name of the one that wrote it. What a program writes may
   * hold a terminal's escapes.
   */
  append(voice: Voice, text: string, at?: number, task?: string): void {
    this.#at = at;
    this.#task = task;
    if (voice === 'stdout' || voice === 'stderr') this.#parsers[voice].write(text);
    else this.#appendPlain(voice, visibleText(text.replaceAll('\r\n', '\n')));
  }

  /** A whole line of its own, wherever the program's cursor stands. */
  appendLine(voice: Voice, text: string, at?: number): void {
    this.#open = undefined;
    this.append(voice, `${text}\n`, at);
  }

  /** Another program writes from now on. */
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

  /** Says what was dropped between head and tail; empty when nothing was. */
  gap(): string {
    if (this.#droppedLines === 0) return '';
    const lines = this.#droppedLines === 1 ? '1 line' : `${formatCount(this.#droppedLines)} lines`;
    return `${lines} (${formatBytes(this.#droppedBytes)}) dropped here: the console keeps the beginning and the end`;
  }

  /** Everything kept, as text. */
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
      // On a line that is still empty none of these does anything.
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
    // The newest line stays, however long it is.
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
