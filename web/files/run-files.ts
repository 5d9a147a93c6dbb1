import { isFileChanges } from '../protocol/file-changes.js';
import type { FileArea, FileChanges, FileLimits, FileReply, StoredEntry } from '../protocol/files.js';
import type { FileDatabase } from './file-database.js';
import { FileView, NoRoom } from './file-view.js';

/** The part of a MessagePort that is used. */
export interface FilePort {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(reply: FileReply): void;
  close(): void;
}

/** The files of one run: stores the changes of its worker, message by message in order. */
export class RunFiles {
  readonly area: FileArea;
  readonly #database: FileDatabase;
  readonly #view: FileView;
  readonly #waiting: FileChanges[] = [];
  #port: FilePort | undefined;
  #working: Promise<void> | undefined;

  constructor(entries: StoredEntry[], limits: FileLimits, database: FileDatabase) {
    this.area = { entries, limits };
    this.#database = database;
    this.#view = new FileView(entries, limits);
  }

  /** Listens to the worker. */
  connect(port: FilePort): void {
    this.#port = port;
    port.onmessage = ({ data }) => {
      if (!isFileChanges(data)) return;
      this.#waiting.push(data);
      this.#working ??= this.#work().finally(() => {
        this.#working = undefined;
      });
    };
  }

  /** Stops listening to the worker. Changes already received are still stored. */
  close(): void {
    if (this.#port === undefined) return;
    this.#port.onmessage = null;
    this.#port.close();
    this.#port = undefined;
  }

  /** Resolves when there is nothing more to store. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Changes that arrived while the database was busy are stored as one batch.
      const batch = this.#waiting.splice(0);
      const number = batch.at(-1)?.number ?? 0;
      try {
        await this.#store(batch);
        this.#port?.postMessage({ type: 'stored', number });
      } catch (error) {
        const full = error instanceof NoRoom || (error instanceof Error && error.name === 'QuotaExceededError');
        const message = error instanceof Error ? error.message : String(error);
        this.#port?.postMessage({ type: 'failed', number, reason: full ? 'full' : 'broken', message });
      }
    }
  }

  async #store(batch: FileChanges[]): Promise<void> {
    let refused: Error | undefined;
    for (const { changes } of batch) {
      for (const change of changes) {
        try {
          await this.#view.apply(change);
        } catch (error) {
          refused ??= error instanceof Error ? error : new Error(String(error));
        }
      }
    }
    const changed = this.#view.changed();
    if (changed.size > 0) {
      await this.#database.write(changed);
      this.#view.taken();
    }
    if (refused !== undefined) throw refused;
  }
}
