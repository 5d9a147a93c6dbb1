import type { StoredEntry } from '../protocol/files.js';
import type { Changed } from './file-view.js';
import { IndexedDatabase, result } from './indexed-database.js';

/** Where file areas are kept: IndexedDB, or what tests make. */
export interface FileDatabase {
  readAll(): Promise<StoredEntry[]>;
  /** All of it, or nothing. */
  write(changed: Changed): Promise<void>;
}

const ENTRIES = 'entries';

/** A file area in IndexedDB: a database of its own, in which each file is one record. */
export class IndexedFileDatabase implements FileDatabase {
  readonly #database: IndexedDatabase;

  constructor(area: string) {
    this.#database = new IndexedDatabase(`asyncio-files:${area}`, 1, (database) => {
      database.createObjectStore(ENTRIES, { keyPath: 'path' });
    });
  }

  async readAll(): Promise<StoredEntry[]> {
    const transaction = await this.#database.transaction(ENTRIES, 'readonly');
    return result(transaction.objectStore(ENTRIES).getAll() as IDBRequest<StoredEntry[]>);
  }

  write(changed: Changed): Promise<void> {
    return this.#database.write(ENTRIES, (transaction) => {
      const store = transaction.objectStore(ENTRIES);
      for (const [path, entry] of changed) {
        if (entry === undefined) store.delete(path);
        else store.put(entry);
      }
    });
  }
}
