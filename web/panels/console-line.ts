import type { Stream } from '../protocol/program.js';
import { plain, type AnsiStyle } from './ansi-style.js';
import { utf8Length } from './utf8.js';

/** The source of a text: the program's two streams, its typed input, or the page's messages about the run. */
export type Voice = Stream | 'input' | 'info' | 'success' | 'failure';

/** Text with one voice and one style. */
export interface Run {
  voice: Voice;
  style: AnsiStyle;
  text: string;
}

/** After this many runs in a line, further text takes the last one's style: each run is a page element. */
const mostRuns = 160;
/** Each further run in a line counts as this many characters, so character limits also limit page elements. */
const runWeight = 300;
/** Maximum length for appending to a run: searching a text built from chunks first copies all of it. */
const longestRun = 1_000;

/** A row of text that a cursor writes into, as in a terminal. */
class Row {
  readonly runs: Run[] = [];
  length = 0;

  /** In characters; each style change adds a page element, which counts as many. */
  get weight(): number {
    return this.length + Math.max(0, this.runs.length - 1) * runWeight;
  }

  append({ voice, style, text }: Run): void {
    if (text === '') return;
    this.length += text.length;
    const last = this.runs.at(-1);
    const same = last?.voice === voice && last.style === style;
    const goesOn = same && last.text.length < longestRun;
    if (last !== undefined && (goesOn || this.runs.length >= mostRuns)) last.text += text;
    else this.runs.push({ voice, style, text });
  }

  /** Overwrites the text at a position. */
  put(at: number, run: Run): void {
    if (at === this.length) {
      this.append(run);
      return;
    }
    if (at > this.length) this.append({ ...run, style: plain, text: ' '.repeat(at - this.length) });
    const after = this.from(at + run.text.length);
    this.truncate(at);
    this.append(run);
    for (const one of after) this.append(one);
  }

  /** The text from a position on, without splitting a surrogate pair. */
  from(start: number): Run[] {
    const found: Run[] = [];
    let skip = this.boundary(start);
    for (const run of this.runs) {
      if (skip < run.text.length) found.push({ ...run, text: run.text.slice(skip) });
      skip = Math.max(0, skip - run.text.length);
    }
    return found;
  }

  truncate(length: number): void {
    if (length >= this.length) return;
    const end = this.boundary(length) > length ? length - 1 : length;
    let left = end;
    let kept = 0;
    for (const run of this.runs) {
      if (left <= 0) break;
      if (run.text.length > left) run.text = run.text.slice(0, left);
      left -= run.text.length;
      kept += 1;
    }
    this.runs.length = kept;
    this.length = end;
  }

  /** The next position that does not split a surrogate pair. */
  boundary(at: number): number {
    let skip = at;
    for (const run of this.runs) {
      if (skip < run.text.length) return isLow(run.text.charCodeAt(skip)) && at > 0 ? at + 1 : at;
      skip -= run.text.length;
    }
    return at;
  }

  text(): string {
    return this.runs.length === 1 ? (this.runs[0]?.text ?? '') : this.runs.map((run) => run.text).join('');
  }
}

/** A line of the console. Of a very long one the beginning and the end are kept. */
export class Line {
  /** Counts from 0 through everything ever appended, kept or dropped. */
  readonly number: number;
  /** Milliseconds from the program's start to the line's first character. */
  readonly at: number | undefined;
  /** The name of the task that wrote its first character. */
  readonly task: string | undefined;
  /** Incremented with each change, so that a view knows when to redraw it. */
  revision = 0;
  droppedChars = 0;
  droppedBytes = 0;
  readonly #maxChars: number;
  #head = new Row();
  #tail: Row | undefined;
  /** Position of the next character, in the tail if there is one. */
  #cursor = 0;

  constructor(number: number, at: number | undefined, task: string | undefined, maxChars: number) {
    this.number = number;
    this.at = at;
    this.task = task;
    this.#maxChars = maxChars;
  }

  /** The beginning, and the end after the dropped part; the latter is empty for all but the longest lines. */
  get parts(): [head: readonly Run[], tail: readonly Run[]] {
    return [this.#head.runs, this.#tail?.runs ?? []];
  }

  /** The memory cost of the line. */
  get weight(): number {
    return this.#head.weight + (this.#tail?.weight ?? 0);
  }

  write(run: Run): void {
    this.revision += 1;
    const row = this.#tail ?? this.#head;
    row.put(this.#cursor, run);
    // Also at the end if padding or cutting moved the end.
    this.#cursor = Math.min(this.#cursor + run.text.length, row.length);
    this.#shorten();
  }

  carriageReturn(): void {
    this.#cursor = 0;
  }

  backspace(): void {
    if (this.#cursor === 0) return;
    const row = this.#tail ?? this.#head;
    this.#cursor -= row.boundary(this.#cursor - 1) === this.#cursor ? 2 : 1;
  }

  erase(part: 'end' | 'start' | 'all', voice: Voice): void {
    this.revision += 1;
    const row = this.#tail ?? this.#head;
    if (part === 'end') row.truncate(this.#cursor);
    else if (part === 'all' || this.#cursor >= row.length) row.truncate(0);
    else row.put(0, { voice, style: plain, text: ' '.repeat(this.#cursor) });
  }

  text(): string {
    const head = this.#head.text();
    if (this.#tail === undefined) return head;
    const gap = this.droppedChars > 0 ? `[${this.droppedChars} characters dropped]` : '';
    return `${head}${gap}${this.#tail.text()}`;
  }

  /** Size of the kept text, its newline, and the dropped part. */
  bytes(): number {
    return this.droppedBytes + utf8Length(this.#head.text()) + utf8Length(this.#tail?.text() ?? '') + 1;
  }

  hasVoice(voice: Voice): boolean {
    return this.parts.some((runs) => runs.some((run) => run.voice === voice));
  }

  #shorten(): void {
    const half = Math.floor(this.#maxChars / 2);
    if (this.#tail === undefined && this.#head.length > this.#maxChars) {
      const cut = this.#head.boundary(half);
      this.#tail = new Row();
      for (const run of this.#head.from(cut)) this.#tail.append(run);
      this.#head.truncate(cut);
      this.#cursor = Math.max(0, this.#cursor - cut);
    }
    // Not for each new character: the end may grow to twice its length first.
    if (this.#tail !== undefined && this.#tail.length > this.#maxChars) this.#dropFront(this.#tail, this.#tail.length - half);
  }

  #dropFront(tail: Row, count: number): void {
    const cut = tail.boundary(count);
    const kept = new Row();
    for (const run of tail.from(cut)) kept.append(run);
    tail.truncate(cut);
    this.droppedChars += tail.length;
    this.droppedBytes += utf8Length(tail.text());
    this.#cursor = Math.max(0, this.#cursor - cut);
    this.#tail = kept;
  }
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
