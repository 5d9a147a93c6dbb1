import type { ProgramMessage, Stream } from '../protocol/program.js';
import { isChunk } from './heard.js';

export type OnOutput = (stream: Stream, text: string, task?: string) => void;

/** The journal is read when the batch that repeats it has not come after this long. */
const OVERDUE_MS = 50;

/** The page's end of ConsoleOutput: hands on each write once, in order, whichever way it came. */
export class OutputReader {
  readonly #onOutput: OnOutput;
  #journal: MessagePort | undefined;
  #overdue: ReturnType<typeof setTimeout> | undefined;
  #urgent = false;
  /** How much of the next batch the journal has told already. */
  #told = 0;

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
    this.close();
    for (const { stream, text, task } of message.chunks) {
      const news = text.slice(this.#told);
      this.#told = Math.max(0, this.#told - text.length);
      if (news !== '') this.#onOutput(stream, news, task);
    }
    this.#told = 0;
  }

  /** From now on there may be no batch any more. */
  expectNoBatch(): void {
    this.#urgent = true;
    this.#read();
  }

  close(): void {
    clearTimeout(this.#overdue);
    this.#journal?.close();
    this.#journal = undefined;
  }

  /** What the journal tells until its batch comes. */
  #read(): void {
    clearTimeout(this.#overdue);
    if (this.#journal === undefined) return;
    this.#journal.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isChunk(data)) return;
      const { stream, text, task } = data;
      this.#told += text.length;
      this.#onOutput(stream, text, task);
    };
  }
}
