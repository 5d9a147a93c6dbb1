import type { JournalChunk, ProgramMessage, Stream } from '../../protocol/program.js';
import { isJournalChunk } from '../../protocol/message-guards.js';

export type OnOutput = (stream: Stream, text: string, task?: string) => void;

/** If the batch that repeats the journal has not arrived after this time, the journal is read. */
const OVERDUE_MS = 50;

/**
 * The page's end of ConsoleOutput: passes on each write once and in order, from either port. Each text carries its start
 * position, so it does not matter which of the two ports the browser delivers first.
 */
export class OutputReader {
  readonly #onOutput: OnOutput;
  #journal: MessagePort | undefined;
  #overdue: ReturnType<typeof setTimeout> | undefined;
  #urgent = false;
  /** Characters passed on so far. */
  #told = 0;
  /** Chunks that arrived before their predecessors. */
  #early: JournalChunk[] = [];

  constructor(onOutput: OnOutput) {
    this.#onOutput = onOutput;
  }

  receive(message: Extract<ProgramMessage, { type: 'output' | 'journal' }>): void {
    if (message.type === 'journal') {
      this.#journal = message.port;
      if (this.#urgent) this.#read();
      else this.#overdue = setTimeout(() => { this.#read(); }, OVERDUE_MS);
      return;
    }
    this.#closeJournal();
    let { at } = message;
    for (const chunk of message.chunks) {
      this.#hear({ ...chunk, at });
      at += chunk.text.length;
    }
  }

  /** From now on a batch may never arrive. */
  expectNoBatch(): void {
    this.#urgent = true;
    this.#read();
  }

  /** Nothing more arrives: chunks waiting for a missing predecessor are passed on without it. */
  close(): void {
    this.#closeJournal();
    for (const { at } of this.#early) {
      this.#told = Math.max(this.#told, at);
      this.#tellEarly();
    }
  }

  #closeJournal(): void {
    clearTimeout(this.#overdue);
    this.#journal?.close();
    this.#journal = undefined;
  }

  #hear(chunk: JournalChunk): void {
    if (chunk.at > this.#told) {
      this.#early.push(chunk);
      this.#early.sort((a, b) => a.at - b.at);
      return;
    }
    this.#tell(chunk);
    this.#tellEarly();
  }

  #tellEarly(): void {
    for (let chunk = this.#early[0]; chunk !== undefined && chunk.at <= this.#told; chunk = this.#early[0]) {
      this.#early = this.#early.slice(1);
      this.#tell(chunk);
    }
  }

  #tell({ at, stream, text, task }: JournalChunk): void {
    const news = text.slice(this.#told - at);
    if (news === '') return;
    this.#told = at + text.length;
    this.#onOutput(stream, news, task);
  }

  /** Passes on the journal's text before its batch arrives. */
  #read(): void {
    clearTimeout(this.#overdue);
    if (this.#journal === undefined) return;
    this.#journal.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isJournalChunk(data)) this.#hear(data);
    };
  }
}
