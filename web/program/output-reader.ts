import type { OutputChunk, ProgramMessage, Stream } from '../protocol/program.js';

export type OnOutput = (stream: Stream, text: string) => void;

/** The journal is read when the batch that repeats it has not come after this long. */
const OVERDUE_MS = 50;

/** The page's end of ConsoleOutput: hands on each write once, in order, whichever way it came. */
export class OutputReader {
  readonly #onOutput: OnOutput;
  #journal: MessagePort | undefined;
  #overdue: ReturnType<typeof setTimeout> | undefined;
  /** How much of the next batch the journal has told already. */
  #told = 0;
  #onNews: () => void = () => undefined;

  constructor(onOutput: OnOutput) {
    this.#onOutput = onOutput;
  }

  receive(message: Extract<ProgramMessage, { type: 'output' | 'journal' }>): void {
    if (message.type === 'journal') {
      this.#journal = message.port;
      this.#overdue = setTimeout(() => {
        this.#listen(message.port);
      }, OVERDUE_MS);
      return;
    }
    this.close();
    for (const { stream, text } of message.chunks) {
      const news = text.slice(this.#told);
      this.#told = Math.max(0, this.#told - text.length);
      if (news !== '') this.#onOutput(stream, news);
    }
    this.#told = 0;
  }

  /** For when no batch comes any more. Resolves when the journal's end, or so much silence, is reached. */
  readToEnd(silenceMs: number): Promise<void> {
    const journal = this.#journal;
    if (journal === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      let silence = setTimeout(resolve, silenceMs);
      this.#onNews = () => {
        clearTimeout(silence);
        silence = setTimeout(resolve, silenceMs);
      };
      journal.addEventListener('close', () => {
        clearTimeout(silence);
        resolve();
      });
      this.#listen(journal);
    });
  }

  close(): void {
    clearTimeout(this.#overdue);
    this.#journal?.close();
    this.#journal = undefined;
  }

  #listen(journal: MessagePort): void {
    clearTimeout(this.#overdue);
    journal.onmessage = (event: MessageEvent<OutputChunk>) => {
      const { stream, text } = event.data;
      this.#told += text.length;
      this.#onOutput(stream, text);
      this.#onNews();
    };
  }
}
