import type { DarkMode } from '../../editor/dark-mode.js';

export type Choice = 'system' | 'light' | 'dark';

/** The storage of the choice, if any. */
interface Store {
  get(key: string): string | undefined;
  set(key: string, value: string): unknown;
  remove(key: string): void;
}

/** index.html reads it as well, before the first paint. */
const key = 'asyncio:theme';

/** Dark or light, from the system or chosen by the user. The choice is stored, and other open pages follow it. */
export class ThemeChoice implements DarkMode {
  readonly #root: HTMLElement;
  readonly #system: DarkMode;
  readonly #store: Store;
  readonly #listeners: (() => void)[] = [];
  #choice: Choice;

  constructor(root: HTMLElement, system: DarkMode, store: Store) {
    this.#root = root;
    this.#system = system;
    this.#store = store;
    this.#choice = this.#kept();
    this.#show();
    system.addEventListener('change', () => {
      if (this.#choice === 'system') this.#changed();
    });
  }

  get choice(): Choice {
    return this.#choice;
  }

  get matches(): boolean {
    return this.#choice === 'system' ? this.#system.matches : this.#choice === 'dark';
  }

  addEventListener(_type: 'change', listener: () => void): void {
    this.#listeners.push(listener);
  }

  choose(choice: Choice): void {
    if (choice === 'system') this.#store.remove(key);
    else this.#store.set(key, choice);
    this.#take(choice);
  }

  /** Another page has changed the stored choice. */
  storeChanged(changedKey: string | null): void {
    if (changedKey === key || changedKey === null) this.#take(this.#kept());
  }

  #take(choice: Choice): void {
    if (choice === this.#choice) return;
    this.#choice = choice;
    this.#show();
    this.#changed();
  }

  #kept(): Choice {
    const kept = this.#store.get(key);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  }

  #show(): void {
    if (this.#choice === 'system') delete this.#root.dataset['theme'];
    else this.#root.dataset['theme'] = this.#choice;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Binds the choice to its form field. */
export function bindThemeField(field: HTMLSelectElement, theme: ThemeChoice): void {
  field.value = theme.choice;
  field.addEventListener('change', () => {
    const { value } = field;
    theme.choose(value === 'light' || value === 'dark' ? value : 'system');
  });
  theme.addEventListener('change', () => {
    field.value = theme.choice;
  });
}
