import { IndexedDatabase, result } from '../../files/indexed-database.js';
import type { Snippet, Version } from './snippet.js';

const SNIPPETS = 'snippets';
const VERSIONS = 'versions';

/** The stored state of an id at the start of an update. */
export interface Found {
  snippet: unknown;
  /** The times of its versions, oldest first. */
  times: number[];
}

export interface Change {
  /** Null: delete it, with all its versions. */
  snippet?: Snippet | null;
  add?: Version[];
}

/** Snippets and their versions in IndexedDB. What is read may be damaged. */
export class SnippetDatabase {
  readonly #database = new IndexedDatabase('asyncio-snippets', 1, (database) => {
    database.createObjectStore(SNIPPETS, { keyPath: 'id' });
    database.createObjectStore(VERSIONS, { keyPath: ['snippet', 'at'] });
  });

  async all(): Promise<Map<string, unknown>> {
    const transaction = await this.#database.transaction(SNIPPETS, 'readonly');
    const store = transaction.objectStore(SNIPPETS);
    const [keys, values] = await Promise.all([result(store.getAllKeys()), result<unknown[]>(store.getAll())]);
    return new Map((keys as string[]).map((key, index) => [key, values[index]]));
  }

  async read(id: string): Promise<unknown> {
    const transaction = await this.#database.transaction(SNIPPETS, 'readonly');
    return result<unknown>(transaction.objectStore(SNIPPETS).get(id));
  }

  async versions(id: string): Promise<unknown[]> {
    const transaction = await this.#database.transaction(VERSIONS, 'readonly');
    return result<unknown[]>(transaction.objectStore(VERSIONS).getAll(allOf(id)));
  }

  /** Runs in one transaction, so no other tab can write between the read and the write. */
  update(id: string, change: (found: Found) => Change): Promise<void> {
    return this.#database.write([SNIPPETS, VERSIONS], async (transaction) => {
      const snippets = transaction.objectStore(SNIPPETS);
      const versions = transaction.objectStore(VERSIONS);
      const [snippet, keys] = await Promise.all([
        result<unknown>(snippets.get(id)),
        result(versions.getAllKeys(allOf(id))),
      ]);
      const changed = change({ snippet, times: (keys as [string, number][]).map(([, at]) => at) });
      for (const version of changed.add ?? []) versions.put(version);
      if (changed.snippet === null) {
        snippets.delete(id);
        versions.delete(allOf(id));
      } else if (changed.snippet !== undefined) {
        snippets.put(changed.snippet);
      }
    });
  }

  /** Changes the id of a snippet and its versions. Returns false if there is none. */
  async move(id: string, otherId: string, change: (snippet: unknown) => Snippet): Promise<boolean> {
    let moved = false;
    await this.#database.write([SNIPPETS, VERSIONS], async (transaction) => {
      const snippets = transaction.objectStore(SNIPPETS);
      const versions = transaction.objectStore(VERSIONS);
      const raw = await result<unknown>(snippets.get(id));
      if (raw === undefined) return;
      const moving = (await result<unknown[]>(versions.getAll(allOf(id)))) as object[];
      for (const version of moving) versions.put({ ...version, snippet: otherId });
      versions.delete(allOf(id));
      snippets.put(change(raw));
      snippets.delete(id);
      moved = true;
    });
    return moved;
  }

  /** Moves the stored data of an id to another, unchanged. */
  setAside(id: string, otherId: string): Promise<void> {
    return this.#database.write(SNIPPETS, async (transaction) => {
      const snippets = transaction.objectStore(SNIPPETS);
      const raw = await result<unknown>(snippets.get(id));
      if (raw === undefined) return;
      snippets.put({ id: otherId, damaged: raw });
      snippets.delete(id);
    });
  }

  /** Stores an unreadable snippet, for later inspection. */
  putDamaged(id: string, raw: unknown): Promise<void> {
    return this.#database.write(SNIPPETS, (transaction) => {
      transaction.objectStore(SNIPPETS).put({ id, damaged: raw });
    });
  }

  dropVersions(id: string, times: number[]): Promise<void> {
    return this.#database.write(VERSIONS, (transaction) => {
      for (const at of times) transaction.objectStore(VERSIONS).delete([id, at]);
    });
  }
}

function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
