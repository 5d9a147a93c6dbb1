import type { ConsoleBuffer } from './console-buffer.js';
import type { Line } from './console-line.js';
import { formatCount } from './format.js';
import { shorten } from '../protocol/shorten.js';

/** Lines that arrive close together are announced together, and no more often than users can listen. */
const collectMs = 700;
const pauseMs = 3_000;
/** This many lines are read out; of more, only the last. */
const mostLines = 3;
const longest = 200;

/**
 * Announces a program's output to screen readers in a polite live region: throttled and shortened, however fast it comes.
 */
export class Announcer {
  readonly #buffer: ConsoleBuffer;
  readonly #say: (text: string) => void;
  readonly #now: () => number;
  /** The first line not announced yet. */
  #next = 0;
  #lastAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(buffer: ConsoleBuffer, say: (text: string) => void, now = (): number => performance.now()) {
    this.#buffer = buffer;
    this.#say = say;
    this.#now = now;
  }

  /** Call after each change of the buffer. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(collectMs, this.#lastAt + pauseMs - this.#now()));
  }

  cleared(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next = 0;
    this.#say('');
  }

  #tell(): void {
    this.#timer = undefined;
    const { lineCount } = this.#buffer;
    const count = lineCount - this.#next;
    if (count <= 0) return;
    const said = count > mostLines ? this.#inShort(lineCount, count) : this.#inFull(lineCount);
    this.#next = lineCount;
    if (said === '') return;
    this.#lastAt = this.#now();
    this.#say(said);
  }

  #inFull(end: number): string {
    const found: string[] = [];
    for (let number = this.#next; number < end; number += 1) {
      const line = this.#buffer.lineAt(number);
      if (line !== undefined && isProgram(line)) found.push(shorten(line.text(), longest));
    }
    return found.join('\n');
  }

  #inShort(end: number, count: number): string {
    // Only a few of the page's own lines follow the program's last line.
    for (let skipped = 0; skipped < Math.min(count, 20); skipped += 1) {
      const line = this.#buffer.lineAt(end - 1 - skipped);
      if (line !== undefined && isProgram(line)) return `${formatCount(count - skipped)} lines, the last: ${shorten(line.text(), longest)}`;
    }
    return '';
  }
}

/** The page's messages about the run are announced elsewhere. */
function isProgram(line: Line): boolean {
  return line.hasVoice('stdout') || line.hasVoice('stderr');
}
