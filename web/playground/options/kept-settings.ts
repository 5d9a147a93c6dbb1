import type { EditorSettings, EditorSettingsSource } from '../../editor/editor-settings.js';
import type { VisitMemory } from '../keep/visit-memory.js';

export interface PageSettings extends EditorSettings {
  /** Of the editor and the console, in pixels at the browser's usual text size. */
  readonly fontSize: number;
}

const key = 'asyncio:settings';
/** One and a half times each, a line's height, is a whole number of pixels. */
export const fontSizes = [12, 14, 16, 18, 20, 24];
const usual: PageSettings = { fontSize: 14, wrap: false, minimap: false, vim: false };

/** How text looks and is edited, chosen by the user. The choice is stored, and other open pages follow it. */
export class KeptSettings implements EditorSettingsSource {
  readonly #root: HTMLElement;
  readonly #store: VisitMemory;
  readonly #listeners: (() => void)[] = [];
  #current: PageSettings;

  constructor(root: HTMLElement, store: VisitMemory) {
    this.#root = root;
    this.#store = store;
    this.#current = read(store.get(key));
    this.#show();
  }

  get current(): PageSettings {
    return this.#current;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  change(part: Partial<PageSettings>): void {
    const next = { ...this.#current, ...part };
    this.#store.set(key, JSON.stringify(next));
    this.#take(next);
  }

  /** Another page has changed the stored settings. */
  storeChanged(changedKey: string | null): void {
    if (changedKey === key || changedKey === null) this.#take(read(this.#store.get(key)));
  }

  #take(next: PageSettings): void {
    this.#current = next;
    this.#show();
    for (const listener of this.#listeners) listener();
  }

  #show(): void {
    this.#root.style.setProperty('--code-size', `${this.#current.fontSize / 16}rem`);
    this.#root.toggleAttribute('data-wrap', this.#current.wrap);
  }
}

function read(text: string | undefined): PageSettings {
  const kept = parse(text);
  const size = fontSizes.find((one) => one === kept['fontSize']);
  return { fontSize: size ?? usual.fontSize, wrap: kept['wrap'] === true, minimap: kept['minimap'] === true, vim: kept['vim'] === true };
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text ?? '{}') as object) };
  } catch {
    return {};
  }
}
