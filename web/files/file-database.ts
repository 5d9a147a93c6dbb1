import type { StoredEntry } from '../protocol/files.js';
import type { Changed } from './file-view.js';

/** Where file areas are kept: IndexedDB, or what tests make. */
export interface FileDatabase {
  readAll(): Promise<StoredEntry[]>;
  /** All of it, or nothing. */
  write(changed: Changed): Promise<void>;
}

const ENTRIES = 'entries';

/** A file area in IndexedDB: a database of its own, in which each file is one record. */
export class IndexedFileDatabase implements FileDatabase {
  readonly #name: string;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(area: string) {
    this.#name = `asyncio-files:${area}`;
  }

  async readAll(): Promise<StoredEntry[]> {
    const transaction = await this.#transaction('readonly');
    return result(transaction.objectStore(ENTRIES).getAll() as IDBRequest<StoredEntry[]>);
  }

  async write(changed: Changed): Promise<void> {
    const transaction = await this.#transaction('readwrite');
    const completed = completion(transaction);
    try {
      const store = transaction.objectStore(ENTRIES);
      for (const [path, entry] of changed) {
        if (entry === undefined) store.delete(path);
        else store.put(entry);
      }
    } catch (error) {
      // What was asked for before would be stored nevertheless.
      transaction.abort();
      await completed.catch(() => undefined);
      throw error;
    }
    await completed;
  }

  async #transaction(mode: IDBTransactionMode): Promise<IDBTransaction> {
    try {
      return (await this.#open()).transaction(ENTRIES, mode);
    } catch (error) {
      // The browser may have closed the database meanwhile.
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.#opening = undefined;
      return (await this.#open()).transaction(ENTRIES, mode);
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= this.#openAnew().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #openAnew(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: 'path' });
    };
    const database = await result(request);
    const forget = (): void => {
      this.#opening = undefined;
    };
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser gave no reason'));
    };
  });
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('the browser gave no reason'));
    };
  });
}
