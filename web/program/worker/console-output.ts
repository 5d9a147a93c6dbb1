import { ByteDecoder } from '../../protocol/byte-text.js';
import type { JournalChunk, OutputChunk, ProgramMessage, Stream } from '../../protocol/program.js';

export interface OutputPort {
  postMessage(message: ProgramMessage, transfer: Transferable[]): void;
}

export interface JournalPort {
  postMessage(chunk: JournalChunk): void;
  close(): void;
}

export interface JournalChannel {
  port1: JournalPort;
  port2: MessagePort;
}

/** Limits for writes sent individually: this many in a burst, and an average rate per millisecond. */
const BURST = 1000;
const WRITES_PER_MS = 2;
/** Faster writes are sent in batches, after this time or length. */
const BATCH_MS = 16;
const BATCH_LENGTH = 64 * 1024;
/** Bytes of a large write that are sent at a time. */
const PIECE_BYTES = 256 * 1024;

/**
 * Sends the program's output to the page. Every write has left this worker before it returns, because anything kept here
 * is lost in a forced Stop: individually while writes are few, otherwise to the journal, followed by a batch for the
 * page.
 */
export class ConsoleOutput {
  readonly #port: OutputPort;
  readonly #now: () => number;
  readonly #newChannel: () => JournalChannel;
  readonly #runningTask: () => string | undefined;
  readonly #decoders = { stdout: new ByteDecoder(), stderr: new ByteDecoder() };
  #credit = BURST;
  #creditAt: number;
  #batch: OutputChunk[] = [];
  #batchLength = 0;
  #batchAt = 0;
  /** Characters written so far. */
  #written = 0;
  #batchSince = 0;
  #journal: JournalPort | undefined;

  /** `runningTask`: the name of the task that writes. */
  constructor(
    port: OutputPort,
    runningTask: () => string | undefined = () => undefined,
    now = (): number => performance.now(),
    newChannel = (): JournalChannel => new MessageChannel(),
  ) {
    this.#port = port;
    this.#runningTask = runningTask;
    this.#now = now;
    this.#newChannel = newChannel;
    this.#creditAt = now();
  }

  /** Characters may be split between writes to a stream, and between the pieces of a large write. */
  write(stream: Stream, bytes: Uint8Array): void {
    const task = this.#runningTask();
    // Half a gigabyte exceeds the maximum string length, and the page handles pieces better.
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      // A copy: shared memory cannot be decoded.
      this.#send(stream, this.#decoders[stream].decode(bytes.slice(at, at + PIECE_BYTES)), task);
    }
  }

  /** Sends the pending batch. */
  flush(): void {
    this.#journal?.close();
    this.#journal = undefined;
    if (this.#batch.length === 0) return;
    this.#port.postMessage({ type: 'output', at: this.#batchAt, chunks: this.#batch }, []);
    this.#batch = [];
    this.#batchLength = 0;
  }

  /** Also sends the rest of an incomplete character. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) this.#send(stream, this.#decoders[stream].end());
    this.flush();
  }

  #send(stream: Stream, text: string, task?: string): void {
    if (text === '') return;
    const chunk = task === undefined ? { stream, text } : { stream, text, task };
    const at = this.#written;
    this.#written += text.length;
    const now = this.#now();
    this.#credit = Math.min(BURST, this.#credit + (now - this.#creditAt) * WRITES_PER_MS);
    this.#creditAt = now;
    if (this.#credit >= 1 && this.#batch.length === 0) {
      this.#credit -= 1;
      this.#port.postMessage({ type: 'output', at, chunks: [chunk] }, []);
      return;
    }
    this.#collect({ ...chunk, at }, now);
  }

  #collect({ at, ...chunk }: JournalChunk, now: number): void {
    if (this.#batch.length === 0) {
      this.#batchSince = now;
      this.#batchAt = at;
    }
    const last = this.#batch.at(-1);
    if (last?.stream === chunk.stream && last.task === chunk.task) last.text += chunk.text;
    else this.#batch.push({ ...chunk });
    this.#batchLength += chunk.text.length;

    if (now - this.#batchSince >= BATCH_MS || this.#batchLength >= BATCH_LENGTH) {
      this.flush();
      return;
    }
    this.#journal ??= this.#openJournal();
    this.#journal.postMessage({ ...chunk, at });
  }

  #openJournal(): JournalPort {
    const { port1, port2 } = this.#newChannel();
    this.#port.postMessage({ type: 'journal', port: port2 }, [port2]);
    return port1;
  }
}
