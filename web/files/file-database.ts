import type { StoredEntry } from '../protocol/files.js';
import type { Changed } from './file-view.js';
import { IndexedDatabase, result } from './indexed-database.js';

/** Storage for file areas: IndexedDB, or a substitute for tests. */
export interface FileDatabase {
  readAll(): Promise<StoredEntry[]>;
  /** Writes everything or nothing. */
  write(changed: Changed): Promise<void>;
}

const ENTRIES = 'entries';

/** A file area in IndexedDB: a separate database with one record per file. */
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
