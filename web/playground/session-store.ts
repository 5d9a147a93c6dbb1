/** The part of Storage that is used; localStorage, or one that tests make. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const prefix = 'asyncio-playground:';
const currentKey = `${prefix}current`;
const draftKey = (name: string): string => `${prefix}draft:${name}`;

/**
 * What people typed, kept between visits: a draft for each snippet, and which one is open. A storage
 * that is full, forbidden or broken is reported once and otherwise does no harm: what it could not
 * take is still held here, for as long as the page lives.
 */
export class SessionStore {
  readonly #storage: () => KeyValueStorage;
  readonly #onProblem: (message: string) => void;
  readonly #unsaved = new Map<string, string>();
  #reported = false;

  /** `storage` is a function because to ask for window.localStorage can throw as well. */
  constructor(storage: () => KeyValueStorage, onProblem: (message: string) => void) {
    this.#storage = storage;
    this.#onProblem = onProblem;
  }

  get current(): string | undefined {
    return this.#read(currentKey);
  }

  set current(name: string) {
    this.#write(currentKey, name);
  }

  draft(name: string): string | undefined {
    return this.#read(draftKey(name));
  }

  saveDraft(name: string, text: string): void {
    this.#write(draftKey(name), text);
  }

  forgetDraft(name: string): void {
    this.#unsaved.delete(draftKey(name));
    this.#attempt(() => this.#storage().removeItem(draftKey(name)), undefined);
  }

  #read(key: string): string | undefined {
    return this.#unsaved.get(key) ?? this.#attempt(() => this.#storage().getItem(key), null) ?? undefined;
  }

  #write(key: string, value: string): void {
    this.#unsaved.set(key, value);
    this.#attempt(() => {
      this.#storage().setItem(key, value);
      this.#unsaved.delete(key);
      this.#reported = false;
    }, undefined);
  }

  #attempt<T>(action: () => T, otherwise: T): T {
    try {
      return action();
    } catch (error) {
      if (!this.#reported) {
        this.#reported = true;
        const reason = error instanceof Error ? error.message : String(error);
        this.#onProblem(
          `Your text cannot be saved in this browser (${reason}). It stays here until you close or reload the page: copy it to keep it.`,
        );
      }
      return otherwise;
    }
  }
}
