import { type AnswerFailure, type AnswerPart, type Header, LARGEST_ANSWER } from '../../protocol/servers.js';

/** How a request of the page ended; `cut`: its answer is longer than what is kept. */
export type SentEnd = 'whole' | 'cut' | AnswerFailure | 'cancelled' | 'overdue' | 'program-ended';

export interface AnswerHead {
  status: number;
  reason: string;
  headers: Header[];
}

export interface SentRequestParts {
  now(): number;
  /** A program that is paused may take as long as it likes. */
  isPaused(): boolean;
  /** Closes its connection. */
  close(): void;
  changed(): void;
}

/** After so long without a beginning of its answer a request is given up. */
export const ANSWER_LIMIT_MS = 60_000;

/** One request of the page, and what has arrived of its answer. */
export class SentRequest {
  readonly #parts: SentRequestParts;
  readonly #sentAt: number;
  readonly #pieces: Uint8Array[] = [];
  #size = 0;
  #limit: ReturnType<typeof setTimeout> | undefined;
  #head: AnswerHead | undefined;
  #end: SentEnd | undefined;
  #ms: number | undefined;

  constructor(parts: SentRequestParts) {
    this.#parts = parts;
    this.#sentAt = parts.now();
    this.#wait();
  }

  get head(): AnswerHead | undefined {
    return this.#head;
  }

  /** Undefined while it goes on. */
  get end(): SentEnd | undefined {
    return this.#end;
  }

  /** Of the body, as far as it is kept. */
  get size(): number {
    return this.#size;
  }

  /** Milliseconds from the click to the end, or up to now. */
  get ms(): number {
    return this.#ms ?? this.#parts.now() - this.#sentAt;
  }

  body(): Uint8Array {
    const body = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      body.set(piece, at);
      at += piece.length;
    }
    return body;
  }

  hear(part: AnswerPart): void {
    if (this.#end !== undefined) return;
    switch (part.kind) {
      case 'head':
        clearTimeout(this.#limit);
        this.#head ??= { status: part.status, reason: part.reason, headers: part.headers };
        this.#parts.changed();
        break;
      case 'body':
        this.#add(new Uint8Array(part.bytes));
        break;
      case 'end':
        this.#finish(part.cut ? 'cut' : 'whole');
        break;
      case 'failed':
        this.#finish(part.why);
        break;
    }
  }

  cancel(): void {
    if (this.#end !== undefined) return;
    this.#parts.close();
    this.#finish('cancelled');
  }

  programEnded(): void {
    if (this.#end === undefined) this.#finish('program-ended');
  }

  #add(piece: Uint8Array): void {
    // The worker keeps to the limit, but a program's scripts may send anything.
    const kept = piece.subarray(0, LARGEST_ANSWER - this.#size);
    this.#pieces.push(kept);
    this.#size += kept.length;
    if (kept.length === piece.length) {
      this.#parts.changed();
      return;
    }
    this.#parts.close();
    this.#finish('cut');
  }

  #wait(): void {
    this.#limit = setTimeout(() => {
      if (this.#parts.isPaused()) {
        this.#wait();
        return;
      }
      this.#parts.close();
      this.#finish('overdue');
    }, ANSWER_LIMIT_MS);
  }

  #finish(end: SentEnd): void {
    clearTimeout(this.#limit);
    this.#end = end;
    this.#ms = this.#parts.now() - this.#sentAt;
    this.#parts.changed();
  }
}
