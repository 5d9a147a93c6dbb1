/** An IndexedDB database, opened on first use and reopened when the browser has closed it. */
export class IndexedDatabase {
  readonly #name: string;
  readonly #version: number;
  readonly #upgrade: (database: IDBDatabase) => void;
  #opening: Promise<IDBDatabase> | undefined;

  /** `upgrade` creates what an older version lacks. */
  constructor(name: string, version: number, upgrade: (database: IDBDatabase) => void) {
    this.#name = name;
    this.#version = version;
    this.#upgrade = upgrade;
  }

  async transaction(stores: string | string[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    try {
      return (await this.#open()).transaction(stores, mode);
    } catch (error) {
      // The browser may have closed the database meanwhile.
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.#opening = undefined;
      return (await this.#open()).transaction(stores, mode);
    }
  }

  /** Performs all the requests of `act`, or none. */
  async write(stores: string | string[], act: (transaction: IDBTransaction) => Promise<void> | void): Promise<void> {
    const transaction = await this.transaction(stores, 'readwrite');
    const completed = completion(transaction);
    try {
      await act(transaction);
    } catch (error) {
      // Otherwise the earlier requests would still be committed.
      abort(transaction);
      await completed.catch(() => undefined);
      throw error;
    }
    await completed;
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= this.#openAnew().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #openAnew(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, this.#version);
    request.onupgradeneeded = () => this.#upgrade(request.result);
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

export function result<T>(request: IDBRequest<T>): Promise<T> {
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

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // A failed request has already aborted it.
  }
}
