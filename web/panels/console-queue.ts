import type { Voice } from './console-line.js';

export interface Entry {
  voice: Voice;
  text: string;
  at: number | undefined;
  /** The name of the task that wrote it. */
  task: string | undefined;
  /** A separate line. */
  isLine: boolean;
}

/** Maximum milliseconds of output processing at a time, and characters processed between clock reads. */
const budgetMs = 8;
const sliceChars = 4_096;

/** Queues output for the console, in order: processes only as much at a time as keeps the page responsive. */
export class ConsoleQueue {
  readonly #take: (entry: Entry) => void;
  readonly #now: () => number;
  #entries: Entry[] = [];
  /** The first unfinished entry, and how much of it is done. */
  #first = 0;
  #done = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(take: (entry: Entry) => void, now = (): number => performance.now()) {
    this.#take = take;
    this.#now = now;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    // A small output is shown at once; output that arrives while more is queued has to wait.
    if (this.#timer === undefined) this.#work();
  }

  /** Processes everything now. */
  drain(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#first < this.#entries.length) this.#next();
    this.clear();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#entries = [];
    this.#first = 0;
    this.#done = 0;
  }

  #work(): void {
    this.#timer = undefined;
    const end = this.#now() + budgetMs;
    while (this.#first < this.#entries.length) {
      if (this.#now() > end) {
        this.#timer = setTimeout(() => this.#work());
        return;
      }
      this.#next();
    }
    this.clear();
  }

  #next(): void {
    const entry = this.#entries[this.#first];
    if (entry === undefined) return;
    const { text } = entry;
    let end = this.#done + sliceChars;
    // Does not split a surrogate pair.
    if (isHigh(text.charCodeAt(end - 1))) end += 1;
    if (entry.isLine || (this.#done === 0 && end >= text.length)) this.#take(entry);
    else this.#take({ ...entry, text: text.slice(this.#done, end) });
    this.#done = end;
    if (!entry.isLine && end < text.length) return;
    this.#first += 1;
    this.#done = 0;
  }
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
