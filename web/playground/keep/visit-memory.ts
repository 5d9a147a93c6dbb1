/** The part of Storage that is used: localStorage, sessionStorage, or a substitute for tests. */
export interface KeyValueStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A storage that may be blocked or full: failures behave as if it were empty. */
export class VisitMemory {
  readonly #storage: () => KeyValueStorage;

  /** `storage` is a function because accessing window.localStorage can throw as well. */
  constructor(storage: () => KeyValueStorage) {
    this.#storage = storage;
  }

  get(key: string): string | undefined {
    return attempt(() => this.#storage().getItem(key)) ?? undefined;
  }

  /** Returns whether it was stored. */
  set(key: string, value: string): boolean {
    return attempt(() => (this.#storage().setItem(key, value), true)) ?? false;
  }

  remove(key: string): void {
    attempt(() => this.#storage().removeItem(key));
  }

  keys(prefix: string): string[] {
    const keys = attempt(() => {
      const storage = this.#storage();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index));
    });
    return (keys ?? []).filter((key) => key !== null).filter((key) => key.startsWith(prefix));
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
